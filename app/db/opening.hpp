// Opening a PostgreSQL connection within a bounded time.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace soci {
class session;
}

namespace innergate::db {

/// One attempt, on a thread of its own: neither looking up a host's name nor all that libpq does
/// can be given a deadline. An attempt that nobody waits for any more ends when it can.
class Opening {
public:
    /// Begins an attempt. With `again_after` above zero, further attempts, up to four in all, begin
    /// beside it while there is no answer: TCP waits 1, 2, 4, … seconds before it asks a host again
    /// that was gone. The first attempt to end counts.
    explicit Opening(std::string connection_string, std::chrono::milliseconds again_after = {});

    /// The connection, or null when there is none within that time; later calls may get it.
    /// Rethrows why there is none.
    [[nodiscard]] std::unique_ptr<soci::session> wait_for(std::chrono::milliseconds time);

    /// Attempts of this process that have not ended. While there are some, the process has to end
    /// without the destructors of its static objects, which those threads may use.
    [[nodiscard]] static std::size_t running();

private:
    struct State;

    void begin_attempt();

    std::string connection_string_;
    std::chrono::milliseconds again_after_;
    std::shared_ptr<State> state_;
    int attempts_ = 0;
};

}  // namespace innergate::db
