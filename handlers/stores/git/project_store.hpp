// A project as git access sees it, the groups around it, and what the actor is there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ProjectRow;

/// For whom a project is looked up, and on which day: memberships expire.
struct Viewer {
    /// Of a deploy key: its owner.
    std::optional<UserId> user_id;
    std::optional<KeyId> deploy_key_id;
    Date today;

    [[nodiscard]] static Viewer of(const domain::git_access::Actor& actor, Date today);
};

struct LocatedProject {
    domain::git_access::ProjectFacts project;
    /// Without the collaboration branches.
    domain::git_access::Standing standing;
    /// The whole path as it was asked for, where it led here only through a redirect; else empty.
    std::string redirected_from;
    /// Some group above the project protects branches.
    bool has_protections_above = false;
    /// Set by find_by_either_path(): the stem led here, not the whole path.
    bool is_by_stem = false;
};

/// By id, or by path; see ProjectStore.
struct ProjectSelector {
    std::optional<long long> id;
    std::optional<std::string> path;
    std::optional<std::string> stem;
};

class ProjectStore {
public:
    explicit ProjectStore(db::Session& session) : session_(session) {}

    /// By full path, without regard to case, or by a path that the project had before.
    [[nodiscard]] std::optional<LocatedProject> find_by_path(
        std::string_view full_path, const Viewer& viewer
    );

    /// The same by `whole_path`. If no project has or had that path, by its beginning `stem`.
    [[nodiscard]] std::optional<LocatedProject> find_by_either_path(
        std::string_view whole_path, std::string_view stem, const Viewer& viewer
    );

    [[nodiscard]] std::optional<LocatedProject> find(ProjectId project_id, const Viewer& viewer);

private:
    [[nodiscard]] std::optional<LocatedProject> locate(
        const ProjectSelector& selector, const Viewer& viewer
    );
    [[nodiscard]] LocatedProject complete(ProjectRow&& row, const Viewer& viewer);
    /// Through groups that were invited; 0 for none.
    [[nodiscard]] int invited_level(const ProjectRow& row, const Viewer& viewer);
    [[nodiscard]] std::vector<std::vector<std::string>> ip_restrictions(NamespaceId namespace_id);

    db::Session& session_;
};

}  // namespace innergate::handlers
