// The rules of a push that names its refs: each change by itself, then the whole.
#pragma once

#include <span>

#include "handlers/domain/git_access/changes.hpp"
#include "handlers/domain/git_access/examination.hpp"
#include "handlers/domain/git_access/rule_record.hpp"

namespace innergate::handlers::domain::git_access {

/// Of a push to a project's repository. The first change that fails refuses all of them.
[[nodiscard]] Outcome check_push(Examination& examination, std::span<const Change> changes);

/// Of a push to a snippet, whose repository has one branch and few files.
[[nodiscard]] Outcome check_snippet_push(Examination& examination, std::span<const Change> changes);

}  // namespace innergate::handlers::domain::git_access
