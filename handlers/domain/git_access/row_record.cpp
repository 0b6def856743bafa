#include "handlers/domain/git_access/row_record.hpp"

#include <utility>

namespace innergate::handlers::domain::git_access {

RowRecord::RowRecord(
    Trace* trace, std::string_view row, std::string_view rule, std::string_view ref
)
    : trace_{trace}, row_{row} {
    if (trace_ != nullptr) {
        step_.row = row;
        step_.rule = rule;
        step_.ref = ref;
    }
}

RowRecord& RowRecord::text(std::string_view name, std::string_view value) {
    if (trace_ != nullptr) {
        step_.facts.push_back({std::string{name}, std::string{value}});
    }
    return *this;
}

RowRecord& RowRecord::flag(std::string_view name, bool value) {
    return text(name, value ? "yes" : "no");
}

RowRecord& RowRecord::number(std::string_view name, long long value) {
    return trace_ != nullptr ? text(name, std::to_string(value)) : *this;
}

Outcome RowRecord::passes() {
    keep(StepOutcome::passed);
    return std::nullopt;
}

Outcome RowRecord::does_not_apply() {
    keep(StepOutcome::not_applicable);
    return std::nullopt;
}

Outcome RowRecord::is_skipped() {
    keep(StepOutcome::skipped);
    return std::nullopt;
}

Outcome RowRecord::refuses(int status, std::string message, std::string log_detail) {
    return gives_way_to({
        .status = status,
        .row = std::string{row_},
        .message = std::move(message),
        .log_detail = std::move(log_detail),
    });
}

Outcome RowRecord::gives_way_to(Refusal refusal) {
    keep(StepOutcome::refused, refusal.message);
    return refusal;
}

void RowRecord::keep(StepOutcome outcome, std::string_view message) {
    if (trace_ == nullptr) {
        return;
    }
    step_.outcome = outcome;
    step_.message = message;
    trace_->add(std::move(step_));
}

}  // namespace innergate::handlers::domain::git_access
