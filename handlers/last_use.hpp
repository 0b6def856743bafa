// How precisely the last use of a key or a token is remembered.
#pragma once

#include <chrono>
#include <optional>

#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/ids.hpp"

namespace innergate::handlers {

/// GitLab's interval for the last use of a credential. Its access check remembers a key by the day.
inline constexpr std::chrono::minutes kUseInterval{10};

/// Whether a use at `now` has to be written: no use is known, or the last one was longer ago than
/// `interval`.
[[nodiscard]] inline bool is_use_to_remember(
    const std::optional<Timestamp>& last_used_at,
    Timestamp now,
    std::chrono::seconds interval = kUseInterval
) {
    return !last_used_at || now - *last_used_at > interval;
}

/// Has the use of a key written in the background if it has to be remembered. A request neither
/// waits for that nor fails with it.
void remember_key_use(
    db::LaterWrites& later,
    KeyId id,
    const std::optional<Timestamp>& last_used_at,
    Timestamp now,
    std::chrono::seconds interval = kUseInterval
);

}  // namespace innergate::handlers
