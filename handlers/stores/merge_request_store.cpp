#include "handlers/stores/merge_request_store.hpp"

#include <algorithm>
#include <array>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kListOpenFrom{"merge_requests.list_open_from", R"sql(
    select merge_requests.id, merge_requests.iid, merge_requests.source_branch, routes.path
      from merge_requests
      join routes on routes.source_type = 'Project'
                 and routes.source_id = merge_requests.target_project_id
     where merge_requests.source_project_id = :source_project_id
       and merge_requests.source_branch = coalesce(:only_branch, merge_requests.source_branch)
       and merge_requests.state_id = 1)sql"};

}  // namespace

std::span<const db::Query> MergeRequestStore::queries() {
    static constexpr std::array kAll{kListOpenFrom};
    return kAll;
}

std::vector<domain::OpenMergeRequest> MergeRequestStore::list_open_from(
    ProjectId source_project_id, const std::optional<std::string>& only_branch
) {
    std::vector<domain::OpenMergeRequest> open;
    domain::OpenMergeRequest found;
    session_.fetch_each(
        kListOpenFrom,
        [&] { open.push_back(found); },
        soci::use(source_project_id.value, "source_project_id"),
        soci::use(only_branch, "only_branch"),
        soci::into(found.id),
        soci::into(found.iid),
        soci::into(found.source_branch),
        soci::into(found.target_full_path)
    );
    std::ranges::sort(open, {}, &domain::OpenMergeRequest::id);
    return open;
}

}  // namespace innergate::handlers
