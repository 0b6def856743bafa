// Writes events as JSON lines: one line, one write(2), so that threads need no lock and lines of
// several processes do not mix.
#pragma once

#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/log/events.hpp"
#include "app/settings/settings.hpp"

namespace innergate::log {

class Logger {
public:
    /// `descriptor`: usually standard error, which systemd gives to the journal; not owned.
    Logger(int descriptor, settings::LogLevel level, std::string pool, const Clock& clock);

    /// `info`, or `error` from status 500 up.
    void log(const RequestFinished& event) const;
    void log(const AccessDecision& event, std::string_view correlation_id) const;
    void log(const CredentialCreated& event, std::string_view correlation_id) const;
    /// Whichever it is.
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
    class Line;

    template <class WriteMembers>
    void write(settings::LogLevel level, std::string_view event, const WriteMembers& members) const;

    int descriptor_;
    settings::LogLevel level_;
    std::string pool_;
    const Clock& clock_;
};

[[nodiscard]] std::string_view to_string(settings::LogLevel level);
[[nodiscard]] std::string_view to_string(CredentialKind kind);

}  // namespace innergate::log
