// Rules of the protocol, the key, the user and the command.
#include <array>

#include "app/ascii.hpp"
#include "handlers/domain/git_access/access_rules.hpp"
#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/rights.hpp"
#include "handlers/domain/git_access/ssh_key_policy.hpp"
#include "handlers/domain/git_access/user_state.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;

std::string protocol_text(std::string_view protocol) {
    return "Git access over " + ascii::upper(protocol) + " is not allowed";
}

bool is_protocol_excluded(std::string_view enabled, const AccessRequest& request) {
    return !is_web(request) && !enabled.empty() && enabled != "all" && enabled != request.protocol;
}

Outcome instance_protocol(const DecisionInput& input) {
    RuleRecord rule{input.trace, "1", "The instance allows the protocol"};
    const std::string& enabled = input.instance.enabled_git_access_protocol;
    rule.text("protocol", input.request.protocol).text("enabled_git_access_protocol", enabled);
    if (is_protocol_excluded(enabled, input.request)) {
        return rule.refuses(kUnauthorized, protocol_text(input.request.protocol));
    }
    return rule.passes();
}

Outcome root_group_protocol(const DecisionInput& input) {
    RuleRecord rule{input.trace, "2", "The root group allows the protocol"};
    const ProjectFacts* const project = project_of(input);
    if (project == nullptr) {
        return rule.does_not_apply();
    }
    const std::string& enabled = project->root_enabled_git_access_protocol;
    rule.text("root_namespace", project->root_namespace_path);
    rule.text("enabled_git_access_protocol", enabled);
    if (is_protocol_excluded(enabled, input.request)) {
        return rule.refuses(kUnauthorized, protocol_text(input.request.protocol));
    }
    return rule.passes();
}

Outcome design_protocol(const DecisionInput& input) {
    RuleRecord rule{input.trace, "design-web", "Designs are reached through the web interface"};
    if (known_kind(input) != ContainerKind::design) {
        return rule.does_not_apply();
    }
    if (!is_web(input.request)) {
        return rule.refuses(kUnauthorized, "Designs are only accessible using the web interface");
    }
    return rule.passes();
}

Outcome snippet_actor(const DecisionInput& input) {
    RuleRecord rule{input.trace, "snippet-actor", "Snippets are not for deploy keys"};
    if (known_kind(input) != ContainerKind::snippet) {
        return rule.does_not_apply();
    }
    if (subject_of(input.actor) == Subject::deploy_key) {
        return rule.refuses(kUnauthorized, "The authentication mechanism is not supported.");
    }
    return rule.passes();
}

Outcome key_policy(const DecisionInput& input) {
    RuleRecord rule{input.trace, "3", "The instance takes this kind of SSH key"};
    if (!input.actor.key) {
        return rule.does_not_apply();
    }
    rule.number("key_id", input.actor.key->id.value);
    const auto violation =
        key_policy_violation(input.actor.key->key, input.instance.key_restrictions);
    if (violation) {
        return rule.refuses(kUnauthorized, "Your SSH key " + *violation + ".");
    }
    return rule.passes();
}

Outcome key_expiry(const DecisionInput& input) {
    RuleRecord rule{input.trace, "4", "The SSH key has not expired"};
    if (!input.actor.key) {
        return rule.does_not_apply();
    }
    rule.number("key_id", input.actor.key->id.value);
    if (is_key_expired(*input.actor.key, input.now)) {
        return rule.refuses(kUnauthorized, "Your SSH key has expired.");
    }
    return rule.passes();
}

Outcome user_state(const DecisionInput& input) {
    RuleRecord rule{input.trace, "5", "The user may use Git"};
    const UserFacts* const user = user_of(input.actor);
    if (user == nullptr) {
        return rule.does_not_apply();
    }
    rule.text("username", user->username);
    auto reason = reason_not_to_use_git(*user, input.instance, input.settings, input.now);
    if (reason) {
        return rule.refuses(kUnauthorized, *std::move(reason));
    }
    return rule.passes();
}

Outcome http_pull(const DecisionInput& input) {
    RuleRecord rule{input.trace, "6a", "Pulling over HTTP is switched on"};
    if (input.request.protocol != "http" || input.request.action != kUploadPack) {
        return rule.does_not_apply();
    }
    if (!input.settings.is_http_pull_enabled) {
        return rule.refuses(kUnauthorized, "Pulling over HTTP is not allowed.");
    }
    return rule.passes();
}

Outcome http_push(const DecisionInput& input) {
    RuleRecord rule{input.trace, "6b", "Pushing over HTTP is switched on"};
    if (input.request.protocol != "http" || !is_push(input.request)) {
        return rule.does_not_apply();
    }
    if (!input.settings.is_http_push_enabled) {
        return rule.refuses(kUnauthorized, "Pushing over HTTP is not allowed.");
    }
    return rule.passes();
}

Outcome command(const DecisionInput& input) {
    RuleRecord rule{input.trace, "7", "The command is one of Git's three"};
    rule.text("action", input.request.action);
    // The web interface names no command when it asks about designs.
    const auto kind = known_kind(input).value_or(input.request.kind());
    if (kind == ContainerKind::design && input.request.action.empty()) {
        return rule.does_not_apply();
    }
    if (!is_download(input.request) && !is_push(input.request)) {
        return rule.refuses(kUnauthorized, "The command you're trying to execute is not allowed.");
    }
    return rule.passes();
}

Outcome instance_read_only(const DecisionInput& input) {
    RuleRecord rule{input.trace, "8", "The instance takes pushes"};
    if (!is_push(input.request)) {
        return rule.does_not_apply();
    }
    rule.flag("is_read_only", input.instance.is_read_only);
    if (input.instance.is_read_only) {
        return rule.refuses(kUnauthorized, "You can't push code to a read-only GitLab instance.");
    }
    return rule.passes();
}

bool at_once(const AccessRequest& /*request*/) {
    return true;
}

bool when_the_container_is_known(const AccessRequest& /*request*/) {
    return false;
}

bool when_its_kind_is_known(const AccessRequest& request) {
    return !request.has_two_readings();
}

bool when_it_may_be_left_out(const AccessRequest& request) {
    return when_its_kind_is_known(request) || request.kind() != ContainerKind::design ||
           !request.action.empty();
}

/// A rule, and when it is settled: at once, or not before the container was looked up.
struct CallerRule {
    AccessRule judge;
    bool (*is_settled)(const AccessRequest& request);
};

constexpr std::array kCallerRules{
    CallerRule{instance_protocol, at_once},
    CallerRule{root_group_protocol, when_the_container_is_known},
    CallerRule{design_protocol, when_its_kind_is_known},
    CallerRule{snippet_actor, when_its_kind_is_known},
    CallerRule{key_policy, at_once},
    CallerRule{key_expiry, at_once},
    CallerRule{user_state, at_once},
    CallerRule{http_pull, at_once},
    CallerRule{http_push, at_once},
    CallerRule{command, when_it_may_be_left_out},
    CallerRule{instance_read_only, at_once},
};

Outcome check_caller(const DecisionInput& input, bool is_settled) {
    for (const CallerRule& rule : kCallerRules) {
        if (rule.is_settled(input.request) == is_settled) {
            if (Outcome outcome = rule.judge(input)) {
                return outcome;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Outcome check_caller(const DecisionInput& input) {
    for (const CallerRule& rule : kCallerRules) {
        if (Outcome outcome = rule.judge(input)) {
            return outcome;
        }
    }
    return std::nullopt;
}

Outcome check_caller_before_look_up(const DecisionInput& input) {
    return check_caller(input, true);
}

Outcome check_caller_after_look_up(const DecisionInput& input) {
    return check_caller(input, false);
}

Outcome first_refusal(std::span<const AccessRule> rules, const DecisionInput& input) {
    for (const AccessRule judge : rules) {
        if (Outcome outcome = judge(input)) {
            return outcome;
        }
    }
    return std::nullopt;
}

}  // namespace innergate::handlers::domain::git_access
