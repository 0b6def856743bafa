// How a handler moves its request away from the threads that every request passes through.
#pragma once

#include <stdexcept>

#include "app/lane.hpp"

namespace innergate::routing {

/// Ends a handler on the fast lane; caught in dispatch() only.
class NeedsSlowLane : public std::logic_error {
public:
    /// `can_do_without`: where the slow lane is full, the handler answers all the same.
    explicit NeedsSlowLane(bool can_do_without = false)
        : std::logic_error{"slow work was begun where it must not be done"},
          can_do_without_(can_do_without) {}

    [[nodiscard]] bool can_do_without() const { return can_do_without_; }

private:
    bool can_do_without_;
};

/// Whether the slow lane can take the request.
enum class SlowLane { may_have_room, is_full };

/// For handlers that may take longer than a few database statements: one that looks into a
/// repository, one that calls another service.
///
/// Such a handler answers what it can at once, then calls begin(). On the fast lane that ends it,
/// and the request is answered from the start on the slow one, where begin() returns. So the part
/// before begin() runs twice, perhaps seconds apart: it reads and decides, but does not write
/// or send anything, counts in the first pass only, and takes nothing for granted that it saw the
/// first time.
class SlowWork {
public:
    explicit SlowWork(Lane lane, SlowLane slow_lane = SlowLane::may_have_room)
        : SlowWork(lane, slow_lane, lane == Lane::fast) {}
    SlowWork(Lane lane, SlowLane slow_lane, bool is_first_pass)
        : lane_(lane), slow_lane_(slow_lane), is_first_pass_(is_first_pass) {}

    /// Throws NeedsSlowLane on the fast lane.
    void begin() const {
        if (lane_ == Lane::fast) {
            throw NeedsSlowLane{};
        }
    }

    /// For work that can be left undone, in a request that must not be refused. Throws
    /// NeedsSlowLane on the fast lane. When the slow one is known to be full, it answers false
    /// instead, and the handler goes on without that work.
    [[nodiscard]] bool begin_if_room() const {
        if (lane_ == Lane::fast && slow_lane_ == SlowLane::may_have_room) {
            throw NeedsSlowLane{true};
        }
        return lane_ == Lane::slow;
    }

    /// Whether this is the pass that every request makes exactly once: what is counted per request
    /// is counted there. A request whose body was too long for the fast lane makes it on the slow
    /// one.
    [[nodiscard]] bool is_first_pass() const { return is_first_pass_; }

private:
    Lane lane_;
    SlowLane slow_lane_;
    bool is_first_pass_;
};

}  // namespace innergate::routing
