// The names of log fields, GitLab's where GitLab has one: what operators' dashboards match on.
#pragma once

#include <string_view>

namespace innergate::log::fields {

inline constexpr std::string_view kTime = "time";
inline constexpr std::string_view kSeverity = "severity";
inline constexpr std::string_view kEvent = "event";
inline constexpr std::string_view kMessage = "message";
inline constexpr std::string_view kCorrelationId = "correlation_id";
inline constexpr std::string_view kPool = "pool";
inline constexpr std::string_view kMethod = "method";
inline constexpr std::string_view kRoute = "route";
inline constexpr std::string_view kStatus = "status";
inline constexpr std::string_view kDuration = "duration_s";
inline constexpr std::string_view kDatabaseDuration = "db_duration_s";
inline constexpr std::string_view kDatabaseCount = "db_count";
inline constexpr std::string_view kCaller = "meta.caller";
inline constexpr std::string_view kRemoteIp = "remote_ip";
inline constexpr std::string_view kReason = "reason";
inline constexpr std::string_view kVersion = "version";
inline constexpr std::string_view kListen = "listen";
inline constexpr std::string_view kThreads = "threads";
inline constexpr std::string_view kStorage = "storage";
inline constexpr std::string_view kInspector = "inspector";
inline constexpr std::string_view kInspectionMs = "inspection_ms";
inline constexpr std::string_view kGitalyAddress = "gitaly_address";
inline constexpr std::string_view kPath = "path";
inline constexpr std::string_view kCheck = "check";
inline constexpr std::string_view kDatabase = "database";
inline constexpr std::string_view kHooksDir = "hooks_dir";
inline constexpr std::string_view kJobId = "job_id";
inline constexpr std::string_view kGlRepository = "gl_repository";
inline constexpr std::string_view kGlId = "gl_id";
inline constexpr std::string_view kGlKeyId = "gl_key_id";
inline constexpr std::string_view kGlProjectId = "gl_project_id";
inline constexpr std::string_view kAction = "action";
inline constexpr std::string_view kProtocol = "protocol";
inline constexpr std::string_view kCheckIp = "check_ip";
inline constexpr std::string_view kDecision = "decision";
inline constexpr std::string_view kReasonCode = "reason_code";
inline constexpr std::string_view kCredential = "credential";
inline constexpr std::string_view kUserId = "user_id";
inline constexpr std::string_view kExpiresOn = "expires_on";
inline constexpr std::string_view kAttempt = "attempt";
inline constexpr std::string_view kOutput = "output";
inline constexpr std::string_view kDroppedRequests = "dropped_requests";
inline constexpr std::string_view kDroppedAudit = "dropped_audit";
inline constexpr std::string_view kDroppedOther = "dropped_other";

}  // namespace innergate::log::fields
