#include "handlers/stores/git/collaboration_store.hpp"

#include <map>

#include "app/db/session.hpp"
#include "handlers/domain/git_access/protection.hpp"
#include "handlers/domain/git_access/rights.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

struct Offer {
    std::string source_branch;
    ProjectId target_project_id;
    std::string target_branch;
    UserId author_id;
    bool is_author_admin = false;
};

constexpr auto kOffer = db::columns<Offer>(
    db::column("merge_requests.source_branch", &Offer::source_branch),
    db::column("merge_requests.target_project_id", &Offer::target_project_id),
    db::column("merge_requests.target_branch", &Offer::target_branch),
    db::column("merge_requests.author_id", &Offer::author_id),
    db::flag("users.admin", &Offer::is_author_admin)
);

constexpr auto kOffers = db::reading("collaborations.list", "select", kOffer, R"sql(
      from merge_requests
      join users on users.id = merge_requests.author_id
     where merge_requests.source_project_id = :project_id
       and merge_requests.state_id = 1
       and merge_requests.allow_maintainer_to_push
     order by merge_requests.source_branch, merge_requests.id)sql");

/// A project that merge requests go to, and the user's role there.
struct Target {
    git_access::ProjectFacts project;
    git_access::Role role = git_access::Role::none;
    std::vector<git_access::ProtectedBranch> branches;
};

/// What the stores say. Each is asked once for each project or author.
class Answers {
public:
    Answers(
        ProjectStore& projects,
        ProtectionStore& protections,
        const git_access::ProjectFacts& project,
        const git_access::UserFacts& user,
        Date today
    )
        : projects_(projects),
          protections_(protections),
          project_(project),
          user_(user),
          today_(today) {}

    [[nodiscard]] bool may_author_push(const Offer& offer) {
        const auto [place, is_new] = authors_.try_emplace(offer.author_id, false);
        if (is_new) {
            git_access::UserFacts author;
            author.id = offer.author_id;
            author.is_admin = offer.is_author_admin;
            const auto found = projects_.find(project_.id, {offer.author_id, {}, today_});
            place->second =
                found && git_access::can_push_code({&author, found->standing.role}, found->project);
        }
        return place->second;
    }

    [[nodiscard]] bool may_user_update(ProjectId project_id, const std::string& branch) {
        const auto [place, is_new] = targets_.try_emplace(project_id);
        if (is_new) {
            place->second = find_target(project_id);
        }
        if (!place->second) {
            return false;
        }
        const Target& target = *place->second;
        const git_access::Person person{&user_, target.role};
        const git_access::BranchRules rules =
            git_access::branch_rules(branch, target.branches, person, target.project);
        return rules.is_protected ? rules.can_push || rules.can_merge
                                  : git_access::can_push_code(person, target.project);
    }

private:
    std::optional<Target> find_target(ProjectId project_id) {
        auto found = projects_.find(project_id, {user_.id, {}, today_});
        if (!found) {
            return std::nullopt;
        }
        Target target{std::move(found->project), found->standing.role, {}};
        target.branches =
            protections_
                .find(
                    {.id = project_id, .has_protections_above = found->has_protections_above},
                    user_.id,
                    target.role,
                    today_
                )
                .branches;
        return target;
    }

    ProjectStore& projects_;
    ProtectionStore& protections_;
    const git_access::ProjectFacts& project_;
    const git_access::UserFacts& user_;
    Date today_;
    std::map<UserId, bool> authors_;
    std::map<ProjectId, std::optional<Target>> targets_;
};

}  // namespace

std::vector<std::string> CollaborationStore::list_branches(
    const git_access::ProjectFacts& project, const git_access::UserFacts& user, Date today
) {
    std::vector<std::string> branches;
    Answers answers{projects_, protections_, project, user, today};
    for (Offer& offer : session_.fetch_rows(kOffers, soci::use(project.id, "project_id"))) {
        const bool is_known = !branches.empty() && branches.back() == offer.source_branch;
        if (!is_known && answers.may_user_update(offer.target_project_id, offer.target_branch) &&
            answers.may_author_push(offer)) {
            branches.push_back(std::move(offer.source_branch));
        }
    }
    return branches;
}

}  // namespace innergate::handlers
