#include "handlers/stores/git/default_branch_store.hpp"

#include <vector>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/domain/git_access/branch_protection_defaults.hpp"
#include "handlers/domain/git_access/default_branch.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/lineage.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

// The second request waits for the first, and then finds a repository that is not empty.
constexpr db::Query kSettle{
    "default_branches.settle",
    R"sql(
    update projects
       set repository_exists = true, empty_repo = false, default_branch = :branch
     where id = :project_id
       and empty_repo)sql",
    db::Access::write,
};

constexpr db::Query kChange{
    "default_branches.change",
    R"sql(
    update projects
       set default_branch = :branch
     where id = :project_id
       and default_branch = :former)sql",
    db::Access::write,
};

struct Defaults {
    std::string of_namespace;
    std::string of_instance;
};

constexpr auto kDefaultsColumns = db::columns<Defaults>(
    db::column(
        "coalesce(namespaces.default_branch_protection_defaults, '')", &Defaults::of_namespace
    ),
    db::column(
        R"sql(
           coalesce((select default_branch_protection_defaults
                       from application_settings
                      where id = 1), ''))sql",
        &Defaults::of_instance
    )
);

constexpr auto kDefaults =
    db::reading("default_branches.protection_defaults", "select", kDefaultsColumns, R"sql(
      from projects
      join namespaces on namespaces.id = projects.namespace_id
     where projects.id = :project_id)sql");

constexpr auto kRules = db::reading(
    "default_branches.rules",
    R"sql(
    select name
      from protected_branches
     where project_id = :project_id
    union all
    select name
      from protected_branches
     where namespace_id in ()sql",
    kGroupsAboveProject,
    ")"
);

constexpr db::Query kProtect{
    "default_branches.protect",
    R"sql(
    insert into protected_branches (project_id, name, allow_force_push)
    values (:project_id, :name, :allow_force_push)
        on conflict (project_id, name) where project_id is not null do nothing
    returning id)sql",
    db::Access::write,
};

constexpr db::Query kAddPushLevel{
    "default_branches.add_push_level",
    R"sql(
    insert into protected_branch_push_access_levels (protected_branch_id, access_level)
    values (:protected_branch_id, :access_level))sql",
    db::Access::write,
};

constexpr db::Query kAddMergeLevel{
    "default_branches.add_merge_level",
    R"sql(
    insert into protected_branch_merge_access_levels (protected_branch_id, access_level)
    values (:protected_branch_id, :access_level))sql",
    db::Access::write,
};

struct BranchRow {
    DefaultBranch branch;
    std::string disk_path;
};

constexpr auto kBranch = db::columns<BranchRow>(
    db::column("projects.repository_storage", &BranchRow::branch, &DefaultBranch::storage),
    db::column("coalesce(projects.disk_path, '')", &BranchRow::disk_path),
    db::column("routes.path", &BranchRow::branch, &DefaultBranch::full_path),
    db::column("projects.default_branch", &BranchRow::branch, &DefaultBranch::name)
);

constexpr auto kFind = db::reading("default_branches.find", "select", kBranch, R"sql(
      from projects
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
     where projects.id = :project_id
       and not projects.pending_delete)sql");

git_access::BranchProtectionDefaults fetch_defaults(db::Session& session, ProjectId project_id) {
    const Defaults texts =
        session.fetch_row(kDefaults, soci::use(project_id, "project_id")).value_or(Defaults{});
    auto defaults = git_access::parse_branch_protection_defaults(texts.of_namespace);
    if (!defaults) {
        defaults = git_access::parse_branch_protection_defaults(texts.of_instance);
    }
    return defaults.value_or(git_access::BranchProtectionDefaults{});
}

std::vector<std::string> list_rules(db::Session& session, ProjectId project_id) {
    std::vector<std::string> names;
    std::string name;
    session.fetch_each(
        kRules,
        [&] { names.push_back(name); },
        soci::use(project_id.value, "project_id"),
        soci::into(name)
    );
    return names;
}

void add_level(
    db::Session& session,
    const db::Query& query,
    long long protected_branch_id,
    git_access::Role role
) {
    const int level = static_cast<int>(role);
    session.execute(
        query,
        soci::use(protected_branch_id, "protected_branch_id"),
        soci::use(level, "access_level")
    );
}

}  // namespace

bool DefaultBranchStore::settle(ProjectId project_id, const std::string& branch) {
    const std::size_t settled = session_.execute(
        kSettle, soci::use(branch, "branch"), soci::use(project_id.value, "project_id")
    );
    if (settled == 0) {
        return false;
    }
    protect(project_id, branch);
    return true;
}

bool DefaultBranchStore::change(
    ProjectId project_id, const std::string& from, const std::string& to
) {
    db::Transaction transaction{session_};
    const std::size_t changed = session_.execute(
        kChange,
        soci::use(to, "branch"),
        soci::use(project_id.value, "project_id"),
        soci::use(from, "former")
    );
    if (changed == 0) {
        return false;
    }
    protect(project_id, to);
    transaction.commit();
    return true;
}

/// Both callers hold the project's row, so no two of them protect one project at once.
void DefaultBranchStore::protect(ProjectId project_id, const std::string& branch) {
    const auto rule = git_access::default_branch_rule(
        branch, fetch_defaults(session_, project_id), list_rules(session_, project_id)
    );
    if (!rule) {
        return;
    }
    long long id = 0;
    const bool is_added = session_.fetch_one(
        kProtect,
        soci::use(project_id.value, "project_id"),
        soci::use(branch, "name"),
        soci::use(rule->allows_force_push, "allow_force_push"),
        soci::into(id)
    );
    if (is_added) {  // else somebody who knows better protected it just now
        add_level(session_, kAddPushLevel, id, rule->push);
        add_level(session_, kAddMergeLevel, id, rule->merge);
    }
}

std::optional<DefaultBranch> DefaultBranchStore::find(ProjectId project_id) {
    std::optional<BranchRow> row = session_.fetch_row(kFind, soci::use(project_id, "project_id"));
    if (!row) {
        return std::nullopt;
    }
    row->branch.relative_path = git_access::relative_path_of_project(project_id, row->disk_path);
    return std::move(row->branch);
}

}  // namespace innergate::handlers
