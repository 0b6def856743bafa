#include "handlers/domain/reconciliation.hpp"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "handlers/domain/record_texts.hpp"

namespace innergate::handlers::domain {
std::vector<ColumnFaults> faults_of(const ReconciliationDates& dates) {
    std::vector<ColumnFaults> faults;
    if (!dates.next_reconciliation_date) {
        faults.push_back({"next_reconciliation_date", {kBlank}});
    }
    if (!dates.display_alert_from) {
        faults.push_back({"display_alert_from", {kBlank}});
    }
    return faults;
}

std::string validation_failure(bool namespace_is_known, const ReconciliationDates& dates) {
    std::vector<std::string_view> blank;
    if (!namespace_is_known) {
        blank.emplace_back("Namespace");
    }
    if (!dates.next_reconciliation_date) {
        blank.emplace_back("Next reconciliation date");
    }
    if (!dates.display_alert_from) {
        blank.emplace_back("Display alert from");
    }
    if (blank.empty()) {
        return {};
    }
    return fmt::format(
        "Validation failed: {0} {1}", fmt::join(blank, fmt::format(" {}, ", kBlank)), kBlank
    );
}

}  // namespace innergate::handlers::domain
