// Gathers the facts of an access check and has the rules decide: what `allowed` answers with and
// `innergate-admin explain` shows.
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/routing/slow_work.hpp"
#include "handlers/domain/git_access/decision.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "handlers/shell/allowed_request.hpp"
#include "handlers/stores/git/collaboration_store.hpp"
#include "handlers/stores/git/container_store.hpp"
#include "handlers/stores/git/lfs_link_store.hpp"
#include "handlers/stores/git/project_creation_store.hpp"
#include "handlers/stores/git/protection_store.hpp"
#include "handlers/stores/identity/actor_store.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::handlers::shell {

/// Everything that is asked about access.
struct AccessStores {
    explicit AccessStores(db::Session& session)
        : actors(session),
          containers(session),
          collaborations(session),
          protections(session),
          lfs_links(session),
          creations(session) {}

    ActorStore actors;
    ContainerStore containers;
    CollaborationStore collaborations;
    ProtectionStore protections;
    LfsLinkStore lfs_links;
    ProjectCreationStore creations;
};

class AccessCheck {
public:
    /// What a check rests on; outlives it.
    struct Grounds {
        AccessStores& stores;
        inspectors::Inspectors& inspectors;
        const settings::Settings& settings;
    };

    /// `trace` outlives the check; it may be null.
    AccessCheck(
        const AllowedRequest& asked,
        const Grounds& grounds,
        std::string correlation_id,
        Timestamp now,
        domain::git_access::Trace* trace
    );

    /// What the first statement reads: who asks, and the instance's settings.
    [[nodiscard]] const ActorFacts& actor() const { return actor_; }

    [[nodiscard]] const domain::git_access::AccessRequest& request() const { return request_; }
    [[nodiscard]] const inspectors::Quarantine& quarantine() const { return quarantine_; }

    /// Applies the rules that need no look-up of the repository. After this call decide() does not
    /// apply them again; without it, decide() applies all rules in GitLab's order.
    [[nodiscard]] std::optional<domain::git_access::Refusal> refuse_caller();

    /// Looks the repository up and decides. Where somebody can look into it, `slow_work` is begun
    /// first.
    [[nodiscard]] domain::git_access::Decision decide(const routing::SlowWork& slow_work);

    /// After a decision to create the project: creates it and its repository, then decides about
    /// it. If two pushes come at once, the second finds the project of the first. So does a push
    /// that comes again after its answer was lost.
    [[nodiscard]] domain::git_access::Decision create_project();

    /// Call it after decide(). Null: there is no container. What was granted has one.
    [[nodiscard]] const domain::git_access::ContainerFacts* container() const {
        return facts_ ? &*facts_ : nullptr;
    }

    /// Who was asked about the repository, and how long it took.
    [[nodiscard]] const inspectors::InspectionUsage& inspection_usage() const { return usage_; }

private:
    [[nodiscard]] domain::git_access::DecisionInput input() const;
    [[nodiscard]] std::optional<Container> find_container();
    void complete_standing(const Container& container);
    [[nodiscard]] domain::git_access::Decision decide_about_container();
    [[nodiscard]] std::optional<ParentNamespace> parent_of_new_project() const;
    [[nodiscard]] bool can_create_project() const;

    domain::git_access::AccessRequest request_;
    inspectors::Quarantine quarantine_;
    /// Where Gitaly has the repository at the moment of the call; empty: where it belongs.
    std::string relative_path_;
    AccessStores& stores_;
    inspectors::Inspectors& inspectors_;
    std::string correlation_id_;
    Timestamp now_;
    domain::git_access::Trace* trace_;
    domain::git_access::AccessSettings access_settings_;
    domain::git_access::SteadyClock steady_clock_;
    domain::git_access::Budget budget_{steady_clock_};
    ActorFacts actor_;
    domain::git_access::CallerRules caller_rules_ = domain::git_access::CallerRules::all;
    std::optional<domain::git_access::ContainerFacts> facts_;
    domain::git_access::Standing standing_;
    domain::git_access::PushFacts push_;
    inspectors::InspectionUsage usage_;
};

}  // namespace innergate::handlers::shell
