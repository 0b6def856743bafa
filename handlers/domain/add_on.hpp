// The add-ons that a namespace can buy, and what a purchase of one must be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/clock.hpp"
#include "app/error.hpp"

namespace innergate::handlers::domain {

struct AddOn {
    std::string_view name;   ///< in paths and in the database
    std::string_view title;  ///< in answers
    std::string_view description;
};

/// Case counts. Null: there is no such add-on. The names under which add-ons are marketed
/// (`duo_pro`) are not found.
[[nodiscard]] const AddOn* find_add_on(std::string_view name);

struct AddOnPurchase {
    int quantity = 0;
    Date started_on;
    Date expires_on;  ///< may be before `started_on`, and in the past
    std::string purchase_xid;
    bool is_trial = false;

    friend bool operator==(const AddOnPurchase&, const AddOnPurchase&) = default;
};

/// What a client says about a purchase. Null says nothing.
struct AddOnPurchaseTerms {
    std::optional<int> quantity;
    std::optional<Date> started_on;
    std::optional<Date> expires_on;
    std::optional<std::string> purchase_xid;
    std::optional<bool> is_trial;
};

/// Why a purchase cannot begin like this, by column in the order they are told in. Empty: it can.
[[nodiscard]] std::vector<ColumnFaults> faults_of_new(const AddOnPurchaseTerms& terms);

/// As faults_of_new(), for a change of a purchase. What the terms do not say stays as it is.
[[nodiscard]] std::vector<ColumnFaults> faults_of_change(const AddOnPurchaseTerms& terms);

/// The purchase that terms without faults make. It is a trial only if they say so.
[[nodiscard]] AddOnPurchase purchase_of(const AddOnPurchaseTerms& terms);

}  // namespace innergate::handlers::domain
