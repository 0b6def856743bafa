#include "handlers/last_use.hpp"

#include "handlers/stores/identity/key_store.hpp"

namespace innergate::handlers {

void remember_key_use(
    db::LaterWrites& later,
    KeyId id,
    const std::optional<Timestamp>& last_used_at,
    Timestamp now,
    std::chrono::seconds interval
) {
    if (is_use_to_remember(last_used_at, now, interval)) {
        later.add({"keys", id.value}, [id, now, interval](db::Session& session) {
            KeyStore{session}.touch(id, now, interval);
        });
    }
}

}  // namespace innergate::handlers
