// Asks one Gitaly. This is all that the program knows of it: the code behind this is a module of
// its own, which is loaded only where a storage needs it (module.hpp).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "app/auth/secret.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/creation.hpp"
#include "handlers/inspectors/quarantine.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// Where a storage's Gitaly is, and what it wants to be shown.
struct Server {
    std::string storage;  ///< its name, here and in Gitaly's configuration
    std::string address;  ///< unix:/PATH, tcp://HOST:PORT, tls://HOST:PORT or dns:HOST:PORT
    auth::Secret token;   ///< of its [auth] section; unset: it asks for none
    std::string ca_file;  ///< certificates in PEM that tls:// trusts; empty: the system's
};

/// A repository, and on whose behalf it is asked about.
struct Target {
    std::string relative_path;  ///< as the database has it, with `.git`
    /// As a hook sent it. Where Gitaly keeps a write-ahead log, it runs a push in a snapshot of the
    /// repository, and the quarantine is relative to that. Empty: no hook asks.
    std::string hook_relative_path;
    Quarantine quarantine;
    std::string gl_repository;    ///< `project-7`
    std::string gl_project_path;  ///< for Gitaly's log
    std::string correlation_id;   ///< for Gitaly's log; empty: none
    std::chrono::steady_clock::time_point deadline;
};

/// What a Gitaly says of itself and of one storage.
struct ServerState {
    std::string version;
    std::string git_version;
    bool is_storage_known = false;
    bool is_readable = false;
    bool is_writable = false;
};

/// One connection for any number of threads. It is opened at the first question and heals itself. A
/// failure carries what Gitaly said: `failed`, or `out_of_time` at the target's deadline.
class Client {
public:
    Client() = default;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    virtual ~Client() = default;

    template <class T>
    using Inspected = domain::git_access::Inspected<T>;

    /// The client outlives the inspection.
    [[nodiscard]] virtual std::unique_ptr<domain::git_access::Inspection> look_into(Target target
    ) = 0;
    /// Makes an empty repository whose HEAD names `default_branch`; an existing one stays as it is.
    /// Neither this function nor the next ones look at the quarantine.
    [[nodiscard]] virtual Inspected<Creation> create_repository(
        const Target& target, std::string_view default_branch
    ) = 0;
    /// Points HEAD at refs/heads/`branch`, whether that exists or not.
    [[nodiscard]] virtual Inspected<void> set_default_branch(
        const Target& target, std::string_view branch
    ) = 0;
    [[nodiscard]] virtual Inspected<ServerState> state(
        std::chrono::steady_clock::time_point deadline
    ) = 0;
};

/// Connects at the first question. Defined in the module: the program reaches it through
/// load_module().
[[nodiscard]] std::unique_ptr<Client> connect(Server server);

}  // namespace innergate::handlers::inspectors::gitaly
