// When a namespace's seats are settled with its owner, and from when on its owner is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/error.hpp"

namespace innergate::handlers::domain {

/// A date is empty where it was sent as null. No rule says which of them comes first.
struct ReconciliationDates {
    std::optional<Date> next_reconciliation_date;
    std::optional<Date> display_alert_from;

    [[nodiscard]] bool are_complete() const {
        return next_reconciliation_date && display_alert_from;
    }
};

/// The columns without a date, in the order told.
[[nodiscard]] std::vector<ColumnFaults> faults_of(const ReconciliationDates& dates);

/// `Validation failed: Namespace can't be blank, Next reconciliation date can't be blank`; empty
/// when the record can be stored.
[[nodiscard]] std::string validation_failure(
    bool namespace_is_known, const ReconciliationDates& dates
);

}  // namespace innergate::handlers::domain
