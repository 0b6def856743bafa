// The rules on the way to a repository, in GitLab's order: who asks and how, then what they want.
#pragma once

#include <span>

#include "handlers/domain/git_access/decision_input.hpp"
#include "handlers/domain/git_access/rule_record.hpp"

namespace innergate::handlers::domain::git_access {

using AccessRule = Outcome (*)(const DecisionInput&);

/// Of the protocol, the key, the user and the command.
[[nodiscard]] Outcome check_caller(const DecisionInput& input);
/// The part of these rules that can be checked before the container is looked up.
[[nodiscard]] Outcome check_caller_before_look_up(const DecisionInput& input);
/// The rest of these rules.
[[nodiscard]] Outcome check_caller_after_look_up(const DecisionInput& input);

/// Of the namespace, before it matters whether there is a container.
[[nodiscard]] std::span<const AccessRule> namespace_rules();

/// The refusal where there is no container. Nothing: the push creates it.
[[nodiscard]] Outcome missing_container(const DecisionInput& input);

/// Whether the actor may know of the container.
[[nodiscard]] std::span<const AccessRule> visibility_rules();

/// Of the repository that is there: pulling, and pushing as far as that depends on no ref.
[[nodiscard]] std::span<const AccessRule> repository_rules();

/// The refusal where there is no repository, in the words for its kind.
[[nodiscard]] Outcome missing_repository(RuleRecord& rule, ContainerKind kind);

/// The first of the rules that refuses.
[[nodiscard]] Outcome first_refusal(std::span<const AccessRule> rules, const DecisionInput& input);

}  // namespace innergate::handlers::domain::git_access
