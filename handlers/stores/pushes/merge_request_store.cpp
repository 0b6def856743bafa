#include "handlers/stores/pushes/merge_request_store.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "app/db/session.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kOpen = db::columns<domain::OpenMergeRequest>(
    db::column("merge_requests.id", &domain::OpenMergeRequest::id),
    db::column("merge_requests.iid", &domain::OpenMergeRequest::iid),
    db::column("merge_requests.source_branch", &domain::OpenMergeRequest::source_branch),
    db::column("routes.path", &domain::OpenMergeRequest::target_full_path)
);

// Looks up each branch by its key, and does not read all merge requests of the project.
constexpr auto kListOpenFrom = db::reading("merge_requests.list_open_from", "select", kOpen, R"sql(
      from json_each(:branches) as given
     cross join merge_requests
      join routes on routes.source_type = 'Project'
                 and routes.source_id = merge_requests.target_project_id
     where merge_requests.source_project_id = :source_project_id
       and merge_requests.source_branch = given.key
       and merge_requests.state_id = 1)sql");

}  // namespace

std::vector<domain::OpenMergeRequest> MergeRequestStore::list_open_from(
    ProjectId source_project_id, std::span<const std::string> branches
) {
    std::string names;
    json::Writer writer{names};
    writer.begin_object();
    for (const std::string_view branch :
         std::set<std::string_view>{branches.begin(), branches.end()}) {
        writer.member(branch, 0);
    }
    writer.end_object();
    std::vector<domain::OpenMergeRequest> open = session_.fetch_rows(
        kListOpenFrom,
        soci::use(source_project_id, "source_project_id"),
        soci::use(names, "branches")
    );
    std::ranges::sort(open, {}, &domain::OpenMergeRequest::id);
    return open;
}

}  // namespace innergate::handlers
