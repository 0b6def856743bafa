#include "admin/entities/entities.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace innergate::admin {
namespace {

constexpr std::array kAll{
    &entities::kUser,           &entities::kEmail,
    &entities::kGroup,          &entities::kProject,
    &entities::kMember,         &entities::kKey,
    &entities::kToken,          &entities::kSshCertificate,
    &entities::kDeployKey,      &entities::kProtectedBranch,
    &entities::kProtectedTag,   &entities::kBroadcast,
    &entities::kAgent,          &entities::kAgentToken,
    &entities::kPolicy,         &entities::kErrorTrackingKey,
    &entities::kSamlProvider,   &entities::kScimToken,
    &entities::kScimIdentity,   &entities::kPlan,
    &entities::kSubscription,   &entities::kAddOnPurchase,
    &entities::kComputePack,    &entities::kStorageExclusion,
    &entities::kReconciliation, &entities::kInstance,
};

}  // namespace

void NewRow::set(std::string_view column, Cell::Type type, std::string text) {
    row.cells.push_back({std::string{column}, type, std::move(text), 0});
}

const Cell* NewRow::find(std::string_view column) const {
    const auto found = std::ranges::find(row.cells, column, &Cell::column);
    return found == row.cells.end() ? nullptr : &*found;
}

ImportRow& NewRow::add_part(std::string_view table) {
    return parts.emplace_back(PartRow{.table = std::string{table}}).row;
}

bool NewRow::has_part_in(std::string_view table) const {
    return std::ranges::find(parts, table, &PartRow::table) != parts.end();
}

std::span<const Entity* const> all_entities() {
    return kAll;
}

const TableRules& rules_of_table(std::string_view table) {
    static constexpr TableRules kNone;
    const auto* const found = std::ranges::find_if(kAll, [&](const Entity* entity) {
        const TableRules& rules = entity->rules;
        return entity->table == table &&
               (rules.derive != nullptr || rules.imply != nullptr || !rules.natural_key.empty());
    });
    return found == kAll.end() ? kNone : (*found)->rules;
}

}  // namespace innergate::admin
