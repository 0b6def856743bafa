// Namespaces as the billing portal sees them: what was bought for one, and how large it is.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
struct Query;
}  // namespace innergate::db

namespace innergate::handlers {

/// Of the subscription that is the namespace's own, not of one that it inherits.
struct OwnSubscription {
    bool is_trial = false;
    std::optional<Date> trial_ends_on;
    std::optional<Date> end_date;
    std::optional<long long> max_seats_used;
    std::optional<Timestamp> max_seats_used_changed_at;
};

struct BilledNamespace {
    NamespaceId id;
    std::string name;
    std::string path;
    std::string full_path;
    std::optional<long long> parent_id;
    std::optional<std::string> avatar;          ///< of a personal namespace: its owner's
    std::optional<std::string> owner_username;  ///< of a personal namespace; nothing: a group
    std::optional<std::string> actual_plan;     ///< the root's; nothing: it has none
    std::optional<OwnSubscription> subscription;
    std::optional<long long> shared_runners_minutes_limit;
    std::optional<long long> extra_shared_runners_minutes_limit;
    long long additional_purchased_storage_size = 0;  ///< MiB
    std::optional<Date> additional_purchased_storage_ends_on;

    [[nodiscard]] bool is_group() const { return !owner_username; }
};

/// Of a group with all that is below it.
struct GroupFigures {
    long long members_count = 0;  ///< of groups, not of projects; bots and guests count
    long long projects_count = 0;
    long long repository_size = 0;  ///< bytes
};

class BilledNamespaceStore {
public:
    explicit BilledNamespaceStore(db::Session& session) : session_(session) {}

    /// Every statement this store sends.
    [[nodiscard]] static std::span<const db::Query> queries();

    /// By id or full path, as NamespaceStore::find().
    [[nodiscard]] std::optional<BilledNamespace> find(std::string_view id_or_full_path);

    [[nodiscard]] GroupFigures measure(NamespaceId group_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
