// What can be said in the log. An event has a member for each fact it may tell and none for request
// bodies, header fields or tokens: what has no member cannot leak.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace innergate::log {

/// One per request.
struct RequestFinished {
    std::string_view correlation_id;
    std::string_view method;
    std::string_view route;  ///< the pattern, never the path; empty: none matched
    int status = 200;
    std::chrono::nanoseconds duration{0};
    std::chrono::nanoseconds database_duration{0};
    unsigned database_statements = 0;
    std::string_view caller;
    std::string_view remote_ip;
    std::string_view reason;  ///< why it was refused or failed; empty: it was not
};

/// One per answer about access to a repository. Like CredentialCreated it owns its texts, because a
/// handler makes them and they are written after it.
struct AccessDecision {
    std::string gl_id;                   ///< `user-7`; empty: nobody who is known
    std::optional<long long> gl_key_id;  ///< of the SSH or deploy key
    std::optional<long long> gl_project_id;
    std::string gl_repository;  ///< `project-3`; empty: there is none
    std::string action;         ///< git-upload-pack, git-upload-archive or git-receive-pack
    std::string protocol;
    std::string check_ip;  ///< where the user comes from, as gitlab-shell or Gitaly says
    /// The rule that refused, as docs/git-access.md numbers them, or `rate_limit`; empty: allowed.
    std::string denied_by;
    std::string_view inspector;  ///< a literal: who was asked about the repository; empty: nobody
    std::chrono::nanoseconds inspection{0};  ///< how long that took
};

enum class CredentialKind { personal_access_token, two_factor_recovery_codes };

/// One per credential that a person at a terminal was given. It never holds the credential.
struct CredentialCreated {
    CredentialKind kind = CredentialKind::personal_access_token;
    long long user_id = 0;               ///< whom it stands for
    std::optional<long long> gl_key_id;  ///< of the SSH key by which they asked
    std::string expires_on;              ///< empty: never
};

/// What a handler has to tell besides its answer; mostly nothing.
using Audit = std::variant<std::monostate, AccessDecision, CredentialCreated>;

struct PoolStarted {
    std::string_view version;
    std::string_view listen;
    std::string_view database;  ///< without its password
    unsigned threads = 0;
};

/// One per storage, at the start.
struct StorageConfigured {
    std::string_view storage;
    std::string_view inspector;
    std::string_view path;     ///< of the repositories, where they are looked into on this host
    std::string_view address;  ///< of their Gitaly, where that is asked
};

/// One per check that lets a push through when it cannot be made, at the start.
struct CheckOpen {
    std::string_view check;
};

struct PoolStopping {
    std::string_view reason;
};

struct PoolStopped {};

struct RunnerStarted {
    std::string_view version;
    std::string_view database;  ///< without its password
    std::string_view hooks_dir;
};

/// One per attempt at a post-receive job.
struct JobFinished {
    long long id = 0;
    std::string_view gl_repository;
    std::string_view correlation_id;
    int attempt = 1;
    std::chrono::nanoseconds duration{0};
    std::string_view reason;  ///< why it failed; empty: it is done
    std::string_view output;  ///< of the operator's executables
};

struct DatabaseUnreachable {
    std::string_view reason;
};

struct DatabaseReachable {};

/// Something an operator should look at, in a sentence.
struct Warning {
    std::string_view text;
};

}  // namespace innergate::log
