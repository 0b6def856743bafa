// What a namespace may use beyond what its plan gives, and what becomes of it when it is changed.
#pragma once

#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/coerce.hpp"

namespace innergate::handlers::domain {

struct NamespaceQuotas {
    std::optional<long long> shared_runners_minutes_limit;        ///< in a month
    std::optional<long long> extra_shared_runners_minutes_limit;  ///< bought in addition
    long long additional_purchased_storage_size = 0;              ///< MiB
    std::optional<Date> additional_purchased_storage_ends_on;

    friend bool operator==(const NamespaceQuotas&, const NamespaceQuotas&) = default;
};

/// What the portal says about them.
struct QuotaAttributes {
    params::Given<int> shared_runners_minutes_limit;
    params::Given<int> extra_shared_runners_minutes_limit;
    params::Given<int> additional_purchased_storage_size;
    params::Given<Date> additional_purchased_storage_ends_on;
};

enum class NamespaceLevel {
    root,
    below,  ///< a subgroup: its minutes belong to its root
};

/// The new quotas, or why they cannot be what the portal wants, in the order of the columns.
using ChangedQuotas = tl::expected<NamespaceQuotas, std::vector<ColumnFaults>>;

[[nodiscard]] ChangedQuotas changed_quotas(
    const NamespaceQuotas& before, const QuotaAttributes& attributes, NamespaceLevel level
);

}  // namespace innergate::handlers::domain
