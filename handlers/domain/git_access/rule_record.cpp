#include "handlers/domain/git_access/rule_record.hpp"

#include <utility>

namespace innergate::handlers::domain::git_access {

RuleRecord::RuleRecord(
    Trace* trace, std::string_view rule, std::string_view demand, std::string_view ref
)
    : trace_{trace}, rule_{rule} {
    if (trace_ != nullptr) {
        step_.rule = rule;
        step_.demand = demand;
        step_.ref = ref;
    }
}

RuleRecord& RuleRecord::text(std::string_view name, std::string_view value) {
    if (trace_ != nullptr) {
        step_.facts.push_back({std::string{name}, std::string{value}});
    }
    return *this;
}

RuleRecord& RuleRecord::flag(std::string_view name, bool value) {
    return text(name, value ? "yes" : "no");
}

RuleRecord& RuleRecord::number(std::string_view name, long long value) {
    return trace_ != nullptr ? text(name, std::to_string(value)) : *this;
}

Outcome RuleRecord::passes() {
    keep(StepOutcome::passed);
    return std::nullopt;
}

Outcome RuleRecord::does_not_apply() {
    keep(StepOutcome::not_applicable);
    return std::nullopt;
}

Outcome RuleRecord::is_skipped() {
    keep(StepOutcome::skipped);
    return std::nullopt;
}

Outcome RuleRecord::refuses(int status, std::string message, std::string log_detail) {
    return gives_way_to({
        .status = status,
        .rule = std::string{rule_},
        .message = std::move(message),
        .log_detail = std::move(log_detail),
    });
}

Outcome RuleRecord::gives_way_to(Refusal refusal) {
    keep(StepOutcome::refused, refusal.message);
    return refusal;
}

void RuleRecord::keep(StepOutcome outcome, std::string_view message) {
    if (trace_ == nullptr) {
        return;
    }
    step_.outcome = outcome;
    step_.message = message;
    trace_->add(std::move(step_));
}

}  // namespace innergate::handlers::domain::git_access
