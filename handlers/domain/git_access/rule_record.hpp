// One rule while it is being looked at: how it ends, and what a trace shows of it.
#pragma once

#include <string>
#include <string_view>

#include "handlers/domain/git_access/refusal.hpp"
#include "handlers/domain/git_access/trace.hpp"

namespace innergate::handlers::domain::git_access {

/// Made at the beginning of a rule; each rule ends with the answer of one of the last four
/// functions. Without a trace nothing is kept but the number of the rule.
class RuleRecord {
public:
    RuleRecord(
        Trace* trace, std::string_view rule, std::string_view demand, std::string_view ref = {}
    );

    RuleRecord& text(std::string_view name, std::string_view value);
    RuleRecord& flag(std::string_view name, bool value);
    RuleRecord& number(std::string_view name, long long value);

    [[nodiscard]] Outcome passes();
    [[nodiscard]] Outcome does_not_apply();
    [[nodiscard]] Outcome is_skipped();
    [[nodiscard]] Outcome refuses(int status, std::string message, std::string log_detail = {});
    /// Like refuses(), where the refusal is not the rule's own: the time ran out.
    [[nodiscard]] Outcome gives_way_to(Refusal refusal);

private:
    void keep(StepOutcome outcome, std::string_view message = {});

    Trace* trace_;
    std::string_view rule_;
    Step step_;
};

}  // namespace innergate::handlers::domain::git_access
