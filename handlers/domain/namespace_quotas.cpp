#include "handlers/domain/namespace_quotas.hpp"

#include <string>
#include <utility>

#include "handlers/domain/record_texts.hpp"

namespace innergate::handlers::domain {
namespace {

void add_fault(std::vector<ColumnFaults>& faults, std::string column, std::string text) {
    if (faults.empty() || faults.back().column != column) {
        faults.push_back({std::move(column), {}});
    }
    faults.back().texts.push_back(std::move(text));
}

bool is_negative(const params::Given<int>& number) {
    return number.value && *number.value < 0;
}

}  // namespace

ChangedQuotas changed_quotas(
    const NamespaceQuotas& before, const QuotaAttributes& attributes, NamespaceLevel level
) {
    NamespaceQuotas after = before;
    std::vector<ColumnFaults> faults;
    if (const auto& limit = attributes.shared_runners_minutes_limit; limit.is_given) {
        after.shared_runners_minutes_limit = limit.value;
        // What is stored already is accepted again, because the portal sends back what it was
        // shown.
        if (level == NamespaceLevel::below &&
            after.shared_runners_minutes_limit != before.shared_runners_minutes_limit) {
            add_fault(
                faults, "shared_runners_minutes_limit", "is not supported for this namespace"
            );
        }
        if (is_negative(limit)) {
            add_fault(faults, "shared_runners_minutes_limit", less_than(0));
        }
    }
    if (const auto& limit = attributes.extra_shared_runners_minutes_limit; limit.is_given) {
        after.extra_shared_runners_minutes_limit = limit.value;
        if (is_negative(limit)) {
            add_fault(faults, "extra_shared_runners_minutes_limit", less_than(0));
        }
    }
    if (const auto& size = attributes.additional_purchased_storage_size; size.is_given) {
        after.additional_purchased_storage_size = size.value.value_or(0);
        if (!size.value) {
            add_fault(faults, "additional_purchased_storage_size", kBlank);
        } else if (is_negative(size)) {
            add_fault(faults, "additional_purchased_storage_size", less_than(0));
        }
    }
    if (const auto& date = attributes.additional_purchased_storage_ends_on; date.is_given) {
        after.additional_purchased_storage_ends_on = date.value;
    }
    if (!faults.empty()) {
        return tl::unexpected{std::move(faults)};
    }
    return after;
}

}  // namespace innergate::handlers::domain
