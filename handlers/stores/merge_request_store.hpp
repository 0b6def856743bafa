// Merge requests, which another component owns: read only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/ids.hpp"
#include "handlers/domain/merge_request_links.hpp"

namespace innergate::db {
class Session;
struct Query;
}  // namespace innergate::db

namespace innergate::handlers {

class MergeRequestStore {
public:
    explicit MergeRequestStore(db::Session& session) : session_(session) {}

    /// Every statement this store sends.
    [[nodiscard]] static std::span<const db::Query> queries();

    /// The open ones from a branch of this project, in one statement however many branches are
    /// asked for; the oldest first. `only_branch`: those from this branch.
    [[nodiscard]] std::vector<domain::OpenMergeRequest> list_open_from(
        ProjectId source_project_id, const std::optional<std::string>& only_branch
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
