#include "handlers/stores/git/repository_store.hpp"

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/domain/git_access/default_branch.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

// The paths are looked up one by one: a join would make PostgreSQL read them all.
constexpr db::Query kListProjects{"repositories.list_projects", R"sql(
    select id, repository_storage, coalesce(disk_path, ''),
           coalesce((
               select path
                 from routes
                where source_type = 'Project'
                  and source_id = projects.id
           ), '')
      from projects
     where id > :after
     order by id
     limit 500)sql"};

constexpr db::Query kListSnippets{"repositories.list_snippets", R"sql(
    select id, repository_storage, project_id,
           coalesce((
               select path
                 from routes
                where source_type = 'Project'
                  and source_id = snippets.project_id
           ), '')
      from snippets
     where id > :after
     order by id
     limit 500)sql"};

// Changes nothing. The end of a push, which marks the project as filled, waits until the state that
// was looked up in between is written, and so has the last word.
constexpr db::Query kDefaultBranchName{"repositories.default_branch_name", R"sql(
    select coalesce((
               select default_branch_name
                 from namespaces
                where id = :namespace_id
                  and type = 'Group'
           ), ''),
           coalesce((select default_branch_name from application_settings where id = 1), ''))sql"};

constexpr db::Query kLockProject{
    "repositories.lock_project",
    "update projects set repository_exists = repository_exists where id = :id",
    db::Access::write};

constexpr db::Query kMarkProject{
    "repositories.mark_project",
    R"sql(
    update projects
       set repository_exists = true, empty_repo = :is_empty,
           default_branch = coalesce(default_branch, :default_branch)
     where id = :id)sql",
    db::Access::write};

constexpr db::Query kMarkSnippet{
    "repositories.mark_snippet",
    R"sql(
    update snippets
       set repository_exists = true, default_branch = coalesce(default_branch, :default_branch)
     where id = :id)sql",
    db::Access::write};

}  // namespace

std::string RepositoryStore::default_branch_name(NamespaceId namespace_id) {
    std::string of_group;
    std::string of_instance;
    session_.fetch_one(
        kDefaultBranchName,
        soci::use(namespace_id.value, "namespace_id"),
        soci::into(of_group),
        soci::into(of_instance)
    );
    return git_access::new_default_branch(of_group, of_instance);
}

std::vector<git_access::ContainerFacts> RepositoryStore::list_projects(ProjectId after) {
    std::vector<git_access::ContainerFacts> page;
    git_access::ProjectFacts project;
    session_.fetch_each(
        kListProjects,
        [&] {
            git_access::ContainerFacts& facts = page.emplace_back();
            facts.project = project;
        },
        soci::use(after.value, "after"),
        soci::into(project.id.value),
        soci::into(project.storage),
        soci::into(project.disk_path),
        soci::into(project.full_path)
    );
    return page;
}

std::vector<git_access::ContainerFacts> RepositoryStore::list_snippets(long long after) {
    std::vector<git_access::ContainerFacts> page;
    git_access::SnippetFacts snippet;
    std::optional<long long> project_id;
    std::string project_path;
    session_.fetch_each(
        kListSnippets,
        [&] {
            git_access::ContainerFacts& facts = page.emplace_back();
            facts.kind = git_access::ContainerKind::snippet;
            facts.snippet = snippet;
            if (project_id) {
                facts.project.emplace();
                facts.project->id = ProjectId{*project_id};
                facts.project->full_path = project_path;
            }
        },
        soci::use(after, "after"),
        soci::into(snippet.id),
        soci::into(snippet.storage),
        soci::into(project_id),
        soci::into(project_path)
    );
    return page;
}

void RepositoryStore::record(
    const git_access::GlRepository& repository,
    const std::function<std::optional<RepositoryState>()>& look
) {
    const bool is_project = repository.kind == git_access::ContainerKind::project;
    if (!is_project && repository.kind != git_access::ContainerKind::snippet) {
        static_cast<void>(look());
        return;
    }
    db::Transaction transaction{session_};
    if (is_project) {
        session_.execute(kLockProject, soci::use(repository.id, "id"));
    }
    const std::optional<RepositoryState> state = look();
    if (!state) {
        return;
    }
    if (is_project) {
        session_.execute(
            kMarkProject,
            soci::use(state->is_empty, "is_empty"),
            soci::use(state->default_branch, "default_branch"),
            soci::use(repository.id, "id")
        );
    } else {
        session_.execute(
            kMarkSnippet,
            soci::use(state->default_branch, "default_branch"),
            soci::use(repository.id, "id")
        );
    }
    transaction.commit();
}

}  // namespace innergate::handlers
