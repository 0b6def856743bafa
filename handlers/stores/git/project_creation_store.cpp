#include "handlers/stores/git/project_creation_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/domain/git_access/default_branch.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;
using git_access::NamespaceFacts;

struct ParentRow {
    ParentNamespace parent;
    int member_level = 0;
    int shared_level = 0;
    std::string branch_name_of_group;
    std::string branch_name_of_instance;
};

constexpr auto kMemberLevel = db::sql(
    R"sql(
           coalesce((
               select max(members.access_level)
                 from members
                where members.user_id = :user_id
                  and members.source_type = 'Namespace'
                  and members.source_id in (select id from lineage)
                  and)sql",
    kIsMemberToday,
    R"sql(
           ), 0)
)sql"
);

constexpr auto kSharedLevel = db::sql(
    R"sql(
           coalesce((
               select max((
                   select max((
                              select case when members.access_level < links.group_access
                                          then members.access_level else links.group_access end
                                from members
                               where members.user_id = :user_id
                                 and members.source_type = 'Namespace'
                                 and members.source_id = links.shared_with_group_id
                                 and)sql",
    kIsMemberToday,
    R"sql(
                          ))
                     from group_group_links as links
                    where links.shared_group_id = lineage.id
                      and)sql",
    kIsInvitedToday,
    R"sql(
                 ))
                 from lineage
           ), 0)
)sql"
);

constexpr auto kFacts = db::columns<NamespaceFacts>(
    db::column(
        "case when namespaces.type = 'User' then namespaces.owner_id end", &NamespaceFacts::owner_id
    ),
    db::column(
        "coalesce(namespaces.project_creation_level, 2)", &NamespaceFacts::project_creation_level
    ),
    db::flag(
        R"sql(
                namespaces.type = 'User' and (
                    select count(*)
                      from projects
                     where namespace_id = (
                               select own.id
                                 from namespaces as own
                                where own.owner_id = :user_id
                                  and own.type = 'User'
                           )
                ) >= users.projects_limit)sql",
        &NamespaceFacts::is_project_limit_reached
    ),
    db::column("users.projects_limit", &NamespaceFacts::projects_limit)
);

constexpr auto kNamespace = db::columns<ParentNamespace>(
    db::column("namespaces.id", &ParentNamespace::id),
    db::column("target.full_path", &ParentNamespace::full_path),
    db::within(&ParentNamespace::facts, kFacts)
);

constexpr auto kParent = db::columns<ParentRow>(
    db::within(&ParentRow::parent, kNamespace),
    db::column(kMemberLevel, &ParentRow::member_level),
    db::column(kSharedLevel, &ParentRow::shared_level),
    db::column(
        R"sql(
           case when namespaces.type = 'Group' then coalesce(namespaces.default_branch_name, '')
                else '' end)sql",
        &ParentRow::branch_name_of_group
    ),
    db::column(
        "coalesce((select default_branch_name from application_settings where id = 1), '')",
        &ParentRow::branch_name_of_instance
    )
);

// Reads roles as the statements of the ProjectStore do, but without a project. It also looks
// members up by themselves.
constexpr auto kFindNamespace = db::reading(
    "project_creations.find_namespace",
    R"sql(
    with target(id, full_path) as (
        select source_id, path
          from routes
         where lower(path) = lower(:path)
           and source_type = 'Namespace'
    ),
    lineage(id) as (
        select ancestor_id
          from namespace_ancestors
         where namespace_id = (select id from target)
    )
    select)sql",
    kParent,
    R"sql(
      from target
      join namespaces on namespaces.id = target.id
      join users on users.id = :user_id
     where namespaces.type in ('Group', 'User'))sql"
);

constexpr db::Query kInsertProject{
    "project_creations.insert_project",
    R"sql(
    insert into projects (
        namespace_id, name, path, visibility_level, repository_storage, repository_exists, empty_repo
    )
    select id, :path, :path, 0, :storage, true, true
      from namespaces
     where id = :namespace_id
        on conflict (namespace_id, lower(path)) do nothing
    returning id)sql",
    db::Access::write};

constexpr db::Query kFindExisting{"project_creations.find_existing", R"sql(
    select id
      from projects
     where namespace_id = :namespace_id
       and lower(path) = lower(:path))sql"};

constexpr db::Query kInsertFeatures{
    "project_creations.insert_features",
    R"sql(
    insert into project_features (project_id)
    values (:project_id)
        on conflict (project_id) do nothing)sql",
    db::Access::write};

constexpr db::Query kInsertRoute{
    "project_creations.insert_route",
    R"sql(
    insert into routes (source_type, source_id, path)
    select 'Project', cast(:project_id as bigint), path || '/' || :path
      from routes
     where source_type = 'Namespace'
       and source_id = :namespace_id
        on conflict (lower(path)) do nothing)sql",
    db::Access::write};

// Whatever had this path before, the path leads to the new project from now on.
constexpr db::Query kDeleteRedirect{
    "project_creations.delete_redirect",
    R"sql(
    delete from redirect_routes
     where lower(path) = (
               select lower(path)
                 from routes
                where source_type = 'Project'
                  and source_id = :project_id
           ))sql",
    db::Access::write};

std::optional<ProjectId> fetch_id(
    db::Session& session,
    NamespaceId namespace_id,
    const std::string& path,
    const std::string& storage
) {
    ProjectId id;
    const bool is_inserted = session.fetch_one(
        kInsertProject,
        soci::use(path, "path"),
        soci::use(storage, "storage"),
        soci::use(namespace_id.value, "namespace_id"),
        soci::into(id.value)
    );
    return is_inserted ? std::optional{id} : std::nullopt;
}

}  // namespace

std::optional<ParentNamespace> ProjectCreationStore::find_namespace(
    std::string_view full_path, UserId user_id, Date today
) {
    const std::string path{full_path};
    std::optional<ParentRow> row = session_.fetch_row(
        kFindNamespace,
        soci::use(path, "path"),
        soci::use(user_id, "user_id"),
        soci::use(today, "today")
    );
    if (!row) {
        return std::nullopt;
    }
    ParentNamespace& found = row->parent;
    found.facts.role =
        static_cast<git_access::Role>(std::max(row->member_level, row->shared_level));
    found.default_branch_name =
        git_access::new_default_branch(row->branch_name_of_group, row->branch_name_of_instance);
    return std::move(found);
}

tl::expected<CreatedProject, CreationFailure> ProjectCreationStore::create(
    NamespaceId namespace_id,
    std::string_view path,
    std::string_view storage,
    const std::function<void(ProjectId)>& make_repository
) {
    const std::string path_text{path};
    db::Transaction transaction{session_};
    const auto inserted = fetch_id(session_, namespace_id, path_text, std::string{storage});
    if (!inserted) {
        ProjectId existing;
        const bool is_there = session_.fetch_one(
            kFindExisting,
            soci::use(namespace_id.value, "namespace_id"),
            soci::use(path_text, "path"),
            soci::into(existing.value)
        );
        if (!is_there) {
            return tl::unexpected(CreationFailure::namespace_gone);
        }
        transaction.commit();
        return CreatedProject{existing, false};
    }
    session_.execute(kInsertFeatures, soci::use(inserted->value, "project_id"));
    const std::size_t routes = session_.execute(
        kInsertRoute,
        soci::use(inserted->value, "project_id"),
        soci::use(path_text, "path"),
        soci::use(namespace_id.value, "namespace_id")
    );
    if (routes == 0) {
        return tl::unexpected(CreationFailure::path_taken);
    }
    session_.execute(kDeleteRedirect, soci::use(inserted->value, "project_id"));
    make_repository(*inserted);
    transaction.commit();
    return CreatedProject{*inserted, true};
}

}  // namespace innergate::handlers
