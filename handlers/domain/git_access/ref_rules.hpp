// The rules of one changed branch or tag.
#pragma once

#include "handlers/domain/git_access/changes.hpp"
#include "handlers/domain/git_access/examination.hpp"
#include "handlers/domain/git_access/rule_record.hpp"

namespace innergate::handlers::domain::git_access {

/// Deletion of the default branch, names, protected branches, the first push.
[[nodiscard]] Outcome check_branch(Examination& examination, const Change& change);

/// Existing tags, names, protected tags.
[[nodiscard]] Outcome check_tag(Examination& examination, const Change& change);

}  // namespace innergate::handlers::domain::git_access
