// Writes events as JSON lines: one line, one write(2), so that threads need no lock and lines of
// several processes do not mix. What becomes of a line that nobody reads is the stream's affair.
#pragma once

#include <string_view>

#include "app/log/events.hpp"
#include "app/log/stream.hpp"
#include "app/settings/logging.hpp"

namespace innergate::log {

class Logger {
public:
    /// `stream` outlives it, and may serve several.
    Logger(Stream& stream, settings::LogLevel level);

    /// `info`, or `error` from status 500 up.
    void log(const RequestFinished& event) const;
    void log(const AccessDecision& event, std::string_view correlation_id) const;
    void log(const CredentialCreated& event, std::string_view correlation_id) const;
    /// Logs whichever event it is.
    void log(const Audit& event, std::string_view correlation_id) const;
    void log(const PoolStarted& event) const;
    void log(const StorageConfigured& event) const;
    void log(const CheckOpen& event) const;
    void log(const PoolStopping& event) const;
    void log(const PoolStopped& event) const;
    void log(const RunnerStarted& event) const;
    /// `job_done`, or `job_failed`, a warning.
    void log(const JobFinished& event) const;
    void log(const DatabaseUnreachable& event) const;
    void log(const DatabaseReachable& event) const;
    void log(const Warning& event) const;

private:
    template <class WriteMembers>
    void write(
        settings::LogLevel level,
        std::string_view event,
        const WriteMembers& members,
        LineKind kind = LineKind::other
    ) const;

    Stream& stream_;
    settings::LogLevel level_;
};

[[nodiscard]] std::string_view to_string(settings::LogLevel level);
[[nodiscard]] std::string_view to_string(CredentialKind kind);

}  // namespace innergate::log
