// A project as git access sees it, the groups around it, and what the actor is there.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"

namespace innergate::db {
class Session;
struct Query;
}  // namespace innergate::db

namespace innergate::handlers {

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
    /// The path as it was asked for, where it led here only through a redirect; else empty.
    std::string redirected_from;
    /// Some group above the project protects branches.
    bool has_protections_above = false;
};

class ProjectStore {
public:
    explicit ProjectStore(db::Session& session) : session_(session) {}

    /// Every statement this store sends.
    [[nodiscard]] static std::span<const db::Query> queries();

    /// By full path, without regard to case, or one that the project had before.
    [[nodiscard]] std::optional<LocatedProject> find_by_path(
        std::string_view full_path, const Viewer& viewer
    );

    [[nodiscard]] std::optional<LocatedProject> find(ProjectId project_id, const Viewer& viewer);

private:
    [[nodiscard]] std::optional<LocatedProject> fetch(
        std::optional<long long> project_id,
        const std::optional<std::string>& path,
        const Viewer& viewer
    );
    [[nodiscard]] std::vector<std::vector<std::string>> ip_restrictions(NamespaceId namespace_id);

    db::Session& session_;
};

}  // namespace innergate::handlers
