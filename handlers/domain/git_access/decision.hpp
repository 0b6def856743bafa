// May this actor do this with that repository? GitLab's access check for Git, as a function of
// facts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "handlers/domain/git_access/budget.hpp"
#include "handlers/domain/git_access/checks.hpp"
#include "handlers/domain/git_access/decision_input.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/domain/git_access/refusal.hpp"

namespace innergate::handlers::domain::git_access {

struct Decision {
    enum class Kind {
        granted,
        refused,
        /// The caller has to create the project, then to decide again with the project's facts.
        create_project,
    };

    Kind kind = Kind::granted;
    Refusal refusal;  ///< when refused
    std::vector<SkippedCheck> skipped_checks;
};

/// Checks what is known before the container is looked up: the protocol, the key, the user, the
/// command. A refusal stands, with one exception. The root group's own limit on protocols comes
/// second in GitLab's order and would be told first. A caller that wants that has to look the
/// container up. Nothing: go on with decide(), which need not look at these rules again.
[[nodiscard]] std::optional<Refusal> refuse_caller(const DecisionInput& input);

/// Which rules about the caller decide() looks at.
enum class CallerRules {
    all,
    left,  ///< refuse_caller() has looked at the others, and none refused
};

/// Applies the rules in GitLab's order; the first that fails decides.
///
/// Answers of `inspection` win over what the database knows. Where nobody can look into a storage
/// (not_configured), the database tells whether a repository exists, whether it is empty and what
/// its default branch is. Every other check without an answer refuses and names itself. If its
/// setting lets it pass, it is listed in `skipped_checks` instead. When the budget is used up, the
/// refusal is a 503 that lists how long each check took.
[[nodiscard]] Decision decide(
    const DecisionInput& input,
    Inspection& inspection,
    const Budget& budget,
    CallerRules caller_rules = CallerRules::all
);

/// The refusal for a project that could not be created.
[[nodiscard]] Refusal creation_failed(std::span<const std::string> errors);

}  // namespace innergate::handlers::domain::git_access
