// A record of how a decision came about, for whoever has to explain it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace innergate::handlers::domain::git_access {

enum class StepOutcome {
    passed,
    not_applicable,  ///< the rule is about another kind of repository, actor or ref
    skipped,         ///< the check could not be made, and a setting lets that pass
    refused,
};

/// `passed`, `not applicable`, `skipped`, `refused`
[[nodiscard]] std::string_view to_string(StepOutcome outcome);

struct Fact {
    std::string name;
    std::string value;
};

/// A rule that was looked at.
struct Step {
    std::string rule;    ///< its number, as in refusals
    std::string demand;  ///< what it demands, in words
    std::string ref;     ///< which ref it was applied to; empty: none
    std::vector<Fact> facts;
    StepOutcome outcome = StepOutcome::passed;
    std::string message;  ///< of a refusal
};

/// Steps in the order in which they were taken. Where nobody wants to know them there is no trace,
/// and the rules gather nothing.
class Trace {
public:
    void add(Step step) { steps_.push_back(std::move(step)); }
    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

private:
    std::vector<Step> steps_;
};

}  // namespace innergate::handlers::domain::git_access
