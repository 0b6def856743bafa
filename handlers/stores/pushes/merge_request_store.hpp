// Merge requests, which another component owns: read only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ids.hpp"
#include "handlers/domain/merge_request_links.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class MergeRequestStore {
public:
    explicit MergeRequestStore(db::Session& session) : session_(session) {}

    /// The open ones from these branches of this project; the oldest first.
    [[nodiscard]] std::vector<domain::OpenMergeRequest> list_open_from(
        ProjectId source_project_id, std::span<const std::string> branches
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
