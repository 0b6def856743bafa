// Who owns a group by a membership of that very group.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct GroupOwner {
    UserId id;
    std::string username;
    std::string name;
    /// The address chosen for the group or the nearest one above it, else the user's address for
    /// notifications, else the user's own address.
    std::string notification_email;
};

/// One page of a list, and how long the list is.
struct GroupOwners {
    std::vector<GroupOwner> page;
    long long total = 0;
};

class GroupOwnerStore {
public:
    explicit GroupOwnerStore(db::Session& session) : session_(session) {}

    /// Active users with an accepted membership as owner that has not expired, by the membership's
    /// id. `limit`: owners on the page; `offset`: owners before it.
    [[nodiscard]] GroupOwners list(
        NamespaceId group_id, Date today, long long limit, long long offset
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
