#include "handlers/domain/add_on.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "app/blank.hpp"
#include "app/characters.hpp"
#include "handlers/domain/record_texts.hpp"

namespace innergate::handlers::domain {
namespace {

constexpr std::array kAddOns{
    AddOn{"code_suggestions", "Code Suggestions", "GitLab Duo Pro"},
    AddOn{"product_analytics", "Product Analytics", "Product analytics"},
    AddOn{"duo_enterprise", "Duo Enterprise", "GitLab Duo Enterprise"},
};

constexpr int kLeastQuantity = 1;
constexpr std::size_t kLongestPurchaseXid = 255;

enum class Unsaid { is_a_fault, is_fine };

using Texts = std::vector<std::string>;

Texts faults_of_date(const std::optional<Date>& date, Unsaid unsaid) {
    return date || unsaid == Unsaid::is_fine ? Texts{} : Texts{kBlank};
}

Texts faults_of_quantity(const std::optional<int>& quantity, Unsaid unsaid) {
    if (!quantity) {
        return unsaid == Unsaid::is_fine ? Texts{} : Texts{kBlank, "is not a number"};
    }
    return *quantity >= kLeastQuantity ? Texts{} : Texts{less_than(kLeastQuantity)};
}

Texts faults_of_purchase_xid(const std::optional<std::string>& purchase_xid, Unsaid unsaid) {
    if (!purchase_xid) {
        return unsaid == Unsaid::is_fine ? Texts{} : Texts{kBlank};
    }
    Texts texts;
    if (is_blank(*purchase_xid)) {
        texts.emplace_back(kBlank);
    }
    if (count_characters(*purchase_xid) > kLongestPurchaseXid) {
        texts.push_back(too_long(kLongestPurchaseXid));
    }
    return texts;
}

std::vector<ColumnFaults> faults_of(const AddOnPurchaseTerms& terms, Unsaid unsaid) {
    std::vector<ColumnFaults> faults{
        {"expires_on", faults_of_date(terms.expires_on, unsaid)},
        {"started_at", faults_of_date(terms.started_on, unsaid)},
        {"quantity", faults_of_quantity(terms.quantity, unsaid)},
        {"purchase_xid", faults_of_purchase_xid(terms.purchase_xid, unsaid)},
    };
    std::erase_if(faults, [](const ColumnFaults& column) { return column.texts.empty(); });
    return faults;
}

}  // namespace

const AddOn* find_add_on(std::string_view name) {
    const auto* const found = std::ranges::find(kAddOns, name, &AddOn::name);
    return found == kAddOns.end() ? nullptr : found;
}

std::vector<ColumnFaults> faults_of_new(const AddOnPurchaseTerms& terms) {
    return faults_of(terms, Unsaid::is_a_fault);
}

std::vector<ColumnFaults> faults_of_change(const AddOnPurchaseTerms& terms) {
    return faults_of(terms, Unsaid::is_fine);
}

AddOnPurchase purchase_of(const AddOnPurchaseTerms& terms) {
    return {
        .quantity = terms.quantity.value(),
        .started_on = terms.started_on.value(),
        .expires_on = terms.expires_on.value(),
        .purchase_xid = terms.purchase_xid.value(),
        .is_trial = terms.is_trial.value_or(false),
    };
}

}  // namespace innergate::handlers::domain
