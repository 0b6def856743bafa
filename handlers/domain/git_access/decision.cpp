#include "handlers/domain/git_access/decision.hpp"

#include <utility>

#include <fmt/format.h>

#include "handlers/domain/git_access/access_rules.hpp"
#include "handlers/domain/git_access/changes.hpp"
#include "handlers/domain/git_access/examination.hpp"
#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/push_rules.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kUnprocessable = 422;

Outcome repository_exists(Examination& examination) {
    RuleRecord rule{examination.input().trace, "15", "The repository exists"};
    const ContainerKind kind = container_of(examination.input()).kind;
    // That of a project's designs is made when the first design comes.
    if (kind == ContainerKind::design) {
        return rule.does_not_apply();
    }
    const auto& exists = examination.exists();
    if (!exists) {
        return examination.without_answer(rule, Check::repository_state, exists.error());
    }
    return *exists ? rule.passes() : missing_repository(rule, kind);
}

/// Wikis and designs have no rules about refs.
Outcome check_changes(Examination& examination) {
    const DecisionInput& input = examination.input();
    RuleRecord rule{input.trace, "22", "Each change of the push is allowed"};
    const ContainerKind kind = container_of(input).kind;
    const bool has_rules = kind == ContainerKind::project || kind == ContainerKind::snippet;
    if (!is_push(input.request) || is_before_git(input.request) || !has_rules) {
        return rule.does_not_apply();
    }
    const auto changes = parse_changes(input.request.changes);
    if (!changes) {
        return rule.refuses(
            kUnauthorized,
            fmt::format(
                "The changes of this push cannot be read: line {} {}.",
                changes.error().line,
                changes.error().reason
            )
        );
    }
    static_cast<void>(rule.number("changes", static_cast<long long>(changes->size())).passes());
    return kind == ContainerKind::project ? check_push(examination, *changes)
                                          : check_snippet_push(examination, *changes);
}

/// Of a container that is there.
Outcome check_container(Examination& examination) {
    if (Outcome outcome = first_refusal(visibility_rules(), examination.input())) {
        return outcome;
    }
    if (Outcome outcome = examination.timed("Checking if the repository exists...", [&examination] {
            return repository_exists(examination);
        })) {
        return outcome;
    }
    if (Outcome outcome = first_refusal(repository_rules(), examination.input())) {
        return outcome;
    }
    return check_changes(examination);
}

Outcome check_all(Examination& examination, CallerRules caller_rules) {
    const DecisionInput& input = examination.input();
    if (Outcome outcome = caller_rules == CallerRules::all ? check_caller(input)
                                                           : check_caller_after_look_up(input)) {
        return outcome;
    }
    if (Outcome outcome = first_refusal(namespace_rules(), input)) {
        return outcome;
    }
    return input.container ? check_container(examination) : missing_container(input);
}

}  // namespace

std::optional<Refusal> refuse_caller(const DecisionInput& input) {
    return check_caller_before_look_up(input);
}

Decision decide(
    const DecisionInput& input,
    Inspection& inspection,
    const Budget& budget,
    CallerRules caller_rules
) {
    Examination examination{input, inspection, budget};
    Outcome outcome = check_all(examination, caller_rules);
    Decision decision;
    decision.skipped_checks = examination.take_skipped_checks();
    if (outcome) {
        decision.kind = Decision::Kind::refused;
        decision.refusal = *std::move(outcome);
    } else if (!input.container) {
        decision.kind = Decision::Kind::create_project;
    }
    return decision;
}

Refusal creation_failed(std::span<const std::string> errors) {
    return {
        .status = kUnprocessable,
        .rule = "11",
        .message = fmt::format("Could not create project: {}", fmt::join(errors, ", ")),
        .log_detail = {},
    };
}

}  // namespace innergate::handlers::domain::git_access
