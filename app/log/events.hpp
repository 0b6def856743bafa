// What can be said in the log. An event has a member for each fact it may tell and none for request
// bodies, header fields or tokens: what has no member cannot leak.
#pragma once

#include <chrono>
#include <string_view>

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
    std::string_view path;  ///< empty: this host does not have the repositories
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
