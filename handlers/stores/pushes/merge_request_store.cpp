#include "handlers/stores/pushes/merge_request_store.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "app/db/session.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {
namespace {

// Each branch by its key, not all merge requests of the project.
constexpr db::Query kListOpenFrom{"merge_requests.list_open_from", R"sql(
    select merge_requests.id, merge_requests.iid, merge_requests.source_branch, routes.path
      from json_each(:branches) as given
     cross join merge_requests
      join routes on routes.source_type = 'Project'
                 and routes.source_id = merge_requests.target_project_id
     where merge_requests.source_project_id = :source_project_id
       and merge_requests.source_branch = given.key
       and merge_requests.state_id = 1)sql"};

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
    std::vector<domain::OpenMergeRequest> open;
    domain::OpenMergeRequest found;
    session_.fetch_each(
        kListOpenFrom,
        [&] { open.push_back(found); },
        soci::use(source_project_id.value, "source_project_id"),
        soci::use(names, "branches"),
        soci::into(found.id),
        soci::into(found.iid),
        soci::into(found.source_branch),
        soci::into(found.target_full_path)
    );
    std::ranges::sort(open, {}, &domain::OpenMergeRequest::id);
    return open;
}

}  // namespace innergate::handlers
