#include "handlers/stores/git/repository_store.hpp"

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/domain/git_access/default_branch.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

using git_access::ProjectFacts;
using git_access::SnippetFacts;

constexpr auto kProject = db::columns<ProjectFacts>(
    db::column("id", &ProjectFacts::id),
    db::column("repository_storage", &ProjectFacts::storage),
    db::column("coalesce(disk_path, '')", &ProjectFacts::disk_path),
    db::column(
        R"sql(
           coalesce((
               select path
                 from routes
                where source_type = 'Project'
                  and source_id = projects.id
           ), ''))sql",
        &ProjectFacts::full_path
    )
);

// The paths are looked up one by one: a join would make PostgreSQL read them all.
constexpr auto kListProjects = db::reading("repositories.list_projects", "select", kProject, R"sql(
      from projects
     where id > :after
     order by id
     limit 500)sql");

struct SnippetRow {
    SnippetFacts facts;
    std::optional<ProjectId> project_id;
    std::string project_path;
};

constexpr auto kSnippet = db::columns<SnippetRow>(
    db::column("id", &SnippetRow::facts, &SnippetFacts::id),
    db::column("repository_storage", &SnippetRow::facts, &SnippetFacts::storage),
    db::column("project_id", &SnippetRow::project_id),
    db::column(
        R"sql(
           coalesce((
               select path
                 from routes
                where source_type = 'Project'
                  and source_id = snippets.project_id
           ), ''))sql",
        &SnippetRow::project_path
    )
);

constexpr auto kListSnippets = db::reading("repositories.list_snippets", "select", kSnippet, R"sql(
      from snippets
     where id > :after
     order by id
     limit 500)sql");

struct BranchNames {
    std::string of_group;
    std::string of_instance;
};

constexpr auto kBranchNames = db::columns<BranchNames>(
    db::column(
        R"sql(
           coalesce((
               select default_branch_name
                 from namespaces
                where id = :namespace_id
                  and type = 'Group'
           ), ''))sql",
        &BranchNames::of_group
    ),
    db::column(
        "coalesce((select default_branch_name from application_settings where id = 1), '')",
        &BranchNames::of_instance
    )
);

constexpr auto kDefaultBranchName =
    db::reading("repositories.default_branch_name", "select", kBranchNames);

// Changes nothing. The end of a push, which marks the project as filled, waits for this lock until
// the state that was looked up in between is written. So the end of the push has the last word.
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
    const BranchNames names =
        session_.fetch_row(kDefaultBranchName, soci::use(namespace_id, "namespace_id"))
            .value_or(BranchNames{});
    return git_access::new_default_branch(names.of_group, names.of_instance);
}

std::vector<git_access::ContainerFacts> RepositoryStore::list_projects(ProjectId after) {
    std::vector<git_access::ContainerFacts> page;
    for (ProjectFacts& project : session_.fetch_rows(kListProjects, soci::use(after, "after"))) {
        page.emplace_back().project = std::move(project);
    }
    return page;
}

std::vector<git_access::ContainerFacts> RepositoryStore::list_snippets(long long after) {
    std::vector<git_access::ContainerFacts> page;
    for (SnippetRow& row : session_.fetch_rows(kListSnippets, soci::use(after, "after"))) {
        git_access::ContainerFacts& facts = page.emplace_back();
        facts.kind = git_access::ContainerKind::snippet;
        facts.snippet = std::move(row.facts);
        if (row.project_id) {
            facts.project.emplace();
            facts.project->id = *row.project_id;
            facts.project->full_path = std::move(row.project_path);
        }
    }
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
