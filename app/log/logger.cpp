#include "app/log/logger.hpp"

#include <cmath>
#include <string>

#include "app/log/fields.hpp"
#include "app/log/line.hpp"

namespace innergate::log {
namespace {

using settings::LogLevel;

constexpr int kFirstServerError = 500;

/// Seconds, down to microseconds. Smaller parts say nothing.
double seconds(std::chrono::nanoseconds duration) {
    constexpr double kMicroseconds = 1e6;
    return std::round(std::chrono::duration<double>(duration).count() * kMicroseconds) /
           kMicroseconds;
}

/// Milliseconds, down to microseconds.
double milliseconds(std::chrono::nanoseconds duration) {
    constexpr double kMicroseconds = 1e3;
    return std::round(std::chrono::duration<double, std::milli>(duration).count() * kMicroseconds) /
           kMicroseconds;
}

}  // namespace

std::string_view to_string(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return {};
}

std::string_view to_string(CredentialKind kind) {
    switch (kind) {
        case CredentialKind::personal_access_token:
            return "personal_access_token";
        case CredentialKind::two_factor_recovery_codes:
            return "two_factor_recovery_codes";
    }
    return {};
}

Logger::Logger(Stream& stream, LogLevel level) : stream_(stream), level_(level) {}

template <class WriteMembers>
void Logger::write(
    LogLevel level, std::string_view event, const WriteMembers& members, LineKind kind
) const {
    if (level < level_) {
        return;
    }
    thread_local std::string text;  // keeps its memory from line to line
    const LineHead head{
        .time = stream_.clock().now(),
        .severity = to_string(level),
        .event = event,
        .pool = stream_.pool(),
    };
    write_line(text, head, members);
    stream_.write(text, kind);
}

void Logger::log(const RequestFinished& event) const {
    const LogLevel level = event.status >= kFirstServerError ? LogLevel::error : LogLevel::info;
    write(
        level,
        "request",
        [&event](Line& line) {
            line.text(fields::kCorrelationId, event.correlation_id);
            line.text(fields::kMethod, event.method);
            line.text(fields::kRoute, event.route);
            line.number(fields::kStatus, event.status);
            line.number(fields::kDuration, seconds(event.duration));
            line.number(fields::kDatabaseDuration, seconds(event.database_duration));
            line.number(fields::kDatabaseCount, event.database_statements);
            line.text_unless_empty(fields::kCaller, event.caller);
            line.text_unless_empty(fields::kRemoteIp, event.remote_ip);
            line.text_unless_empty(fields::kReason, event.reason);
        },
        LineKind::request
    );
}

void Logger::log(const AccessDecision& event, std::string_view correlation_id) const {
    const bool is_denied = !event.denied_by.empty();
    write(
        LogLevel::info,
        "access_decision",
        [&event, correlation_id, is_denied](Line& line) {
            line.text(fields::kCorrelationId, correlation_id);
            line.text(fields::kDecision, is_denied ? "denied" : "allowed");
            line.text_unless_empty(fields::kReasonCode, event.denied_by);
            line.text_unless_empty(fields::kGlId, event.gl_id);
            line.number_if_known(fields::kGlKeyId, event.gl_key_id);
            line.number_if_known(fields::kGlProjectId, event.gl_project_id);
            line.text_unless_empty(fields::kGlRepository, event.gl_repository);
            line.text_unless_empty(fields::kAction, event.action);
            line.text_unless_empty(fields::kProtocol, event.protocol);
            line.text_unless_empty(fields::kCheckIp, event.check_ip);
            if (!event.inspector.empty()) {
                line.text(fields::kInspector, event.inspector);
                line.number(fields::kInspectionMs, milliseconds(event.inspection));
            }
        },
        LineKind::audit
    );
}

void Logger::log(const CredentialCreated& event, std::string_view correlation_id) const {
    write(
        LogLevel::info,
        "credential_created",
        [&event, correlation_id](Line& line) {
            line.text(fields::kCorrelationId, correlation_id);
            line.text(fields::kCredential, to_string(event.kind));
            line.number(fields::kUserId, event.user_id);
            line.number_if_known(fields::kGlKeyId, event.gl_key_id);
            line.text_unless_empty(fields::kExpiresOn, event.expires_on);
        },
        LineKind::audit
    );
}

void Logger::log(const Audit& event, std::string_view correlation_id) const {
    if (const auto* const decision = std::get_if<AccessDecision>(&event)) {
        log(*decision, correlation_id);
    } else if (const auto* const created = std::get_if<CredentialCreated>(&event)) {
        log(*created, correlation_id);
    }
}

void Logger::log(const PoolStarted& event) const {
    write(LogLevel::info, "started", [&event](Line& line) {
        line.text(fields::kVersion, event.version);
        line.text(fields::kListen, event.listen);
        line.text(fields::kDatabase, event.database);
        line.number(fields::kThreads, event.threads);
    });
}

void Logger::log(const StorageConfigured& event) const {
    write(LogLevel::info, "storage", [&event](Line& line) {
        line.text(fields::kStorage, event.storage);
        line.text(fields::kInspector, event.inspector);
        line.text_unless_empty(fields::kPath, event.path);
        line.text_unless_empty(fields::kGitalyAddress, event.address);
    });
}

void Logger::log(const CheckOpen& event) const {
    write(LogLevel::warning, "check_open", [&event](Line& line) {
        line.text(fields::kCheck, event.check);
        line.text(fields::kMessage, "pushes that this check cannot judge are let through");
    });
}

void Logger::log(const PoolStopping& event) const {
    write(LogLevel::info, "stopping", [&event](Line& line) {
        line.text(fields::kReason, event.reason);
    });
}

void Logger::log(const PoolStopped& /*event*/) const {
    write(LogLevel::info, "stopped", [](Line& /*line*/) {});
}

void Logger::log(const RunnerStarted& event) const {
    write(LogLevel::info, "started", [&event](Line& line) {
        line.text(fields::kVersion, event.version);
        line.text(fields::kDatabase, event.database);
        line.text(fields::kHooksDir, event.hooks_dir);
    });
}

void Logger::log(const JobFinished& event) const {
    const bool is_done = event.reason.empty();
    write(
        is_done ? LogLevel::info : LogLevel::warning,
        is_done ? "job_done" : "job_failed",
        [&event](Line& line) {
            line.number(fields::kJobId, event.id);
            line.text(fields::kGlRepository, event.gl_repository);
            line.text_unless_empty(fields::kCorrelationId, event.correlation_id);
            line.number(fields::kAttempt, event.attempt);
            line.number(fields::kDuration, seconds(event.duration));
            line.text_unless_empty(fields::kReason, event.reason);
            line.text_unless_empty(fields::kOutput, event.output);
        }
    );
}

void Logger::log(const DatabaseUnreachable& event) const {
    write(LogLevel::error, "database_unreachable", [&event](Line& line) {
        line.text(fields::kReason, event.reason);
    });
}

void Logger::log(const DatabaseReachable& /*event*/) const {
    write(LogLevel::info, "database_reachable", [](Line& /*line*/) {});
}

void Logger::log(const Warning& event) const {
    write(LogLevel::warning, "warning", [&event](Line& line) {
        line.text(fields::kMessage, event.text);
    });
}

}  // namespace innergate::log
