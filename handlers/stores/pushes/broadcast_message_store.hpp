// Messages of the instance to everybody.
#pragma once

#include <vector>

#include "app/clock.hpp"
#include "handlers/domain/broadcast_message.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class BroadcastMessageStore {
public:
    explicit BroadcastMessageStore(db::Session& session) : session_(session) {}

    /// Banners that are shown now and may be shown in terminals, in the order of their ids.
    [[nodiscard]] std::vector<domain::Banner> list_active_banners(Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
