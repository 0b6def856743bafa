// A decision under way: the facts, the repository, the time that is left, and what was left out.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "handlers/domain/git_access/budget.hpp"
#include "handlers/domain/git_access/check_timings.hpp"
#include "handlers/domain/git_access/checks.hpp"
#include "handlers/domain/git_access/decision_input.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/domain/git_access/rule_record.hpp"

namespace innergate::handlers::domain::git_access {

/// Rule of the refusal when the budget is used up.
inline constexpr std::string_view kTimedOutRule = "TO";

class Examination {
public:
    Examination(const DecisionInput& input, Inspection& inspection, const Budget& budget)
        : input_{input}, inspection_{inspection}, budget_{budget} {}

    [[nodiscard]] const DecisionInput& input() const { return input_; }
    [[nodiscard]] Inspection& inspection() { return inspection_; }
    [[nodiscard]] std::vector<SkippedCheck> take_skipped_checks() {
        return std::exchange(skipped_checks_, {});
    }

    void begin_ref(std::string_view name) { timings_.begin_ref(name); }

    /// Makes a check (a function to Outcome) if there is time left for it, and refuses after it if
    /// there is none left. `label` is what the pusher reads about the check.
    template <class CheckFunction>
    [[nodiscard]] Outcome timed(std::string_view label, CheckFunction&& check) {
        if (budget_.is_used_up()) {
            return time_out_in(label);
        }
        const auto start = budget_.now();
        Outcome outcome = std::forward<CheckFunction>(check)();
        if (outcome) {
            return outcome->rule == kTimedOutRule ? time_out_in(label) : std::move(outcome);
        }
        timings_.finished(
            label, std::chrono::floor<std::chrono::milliseconds>(budget_.now() - start)
        );
        return budget_.is_used_up() ? time_out() : std::nullopt;
    }

    /// How a check without an answer ends. It refuses and names the check. If the setting of the
    /// check lets it pass, it passes and is noted. If there was no time left, it refuses for that
    /// reason.
    [[nodiscard]] Outcome without_answer(
        RuleRecord& rule, Check check, const InspectionFailure& failure
    );

    /// Each question is asked once; its answer is kept. Where nobody can look into the storage, the
    /// database answers.
    [[nodiscard]] const Inspected<bool>& exists();
    [[nodiscard]] const Inspected<bool>& is_empty();
    /// Nothing: there is none, because HEAD is detached or the repository empty.
    [[nodiscard]] const Inspected<std::optional<std::string>>& default_branch();

private:
    [[nodiscard]] Outcome time_out_in(std::string_view label);
    [[nodiscard]] Outcome time_out();
    [[nodiscard]] bool is_stored_state_good_enough(const InspectionFailure& failure);
    [[nodiscard]] Inspected<std::optional<std::string>> stored_default_branch(
        const InspectionFailure& failure
    );
    void note_skipped(Check check, const InspectionFailure& failure);

    const DecisionInput& input_;
    Inspection& inspection_;
    const Budget& budget_;
    CheckTimings timings_;
    std::vector<SkippedCheck> skipped_checks_;
    std::optional<Inspected<bool>> exists_;
    std::optional<Inspected<bool>> is_empty_;
    std::optional<Inspected<std::optional<std::string>>> default_branch_;
};

}  // namespace innergate::handlers::domain::git_access
