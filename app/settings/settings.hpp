// The settings as the program uses them: one struct per subject, filled once at start, const after.
// Where they come from (command line, environment, file) and what each key is called is in
// keys.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace innergate::settings {

/// The two worker pools. They share the program and the settings file, not sockets, threads or
/// sessions.
enum class PoolName { internal, public_ };

[[nodiscard]] std::string_view to_string(PoolName pool);

struct Instance {
    std::string external_url =
        "http://localhost:8080";             ///< no trailing slash; prefix of every URL in answers
    std::string relative_url_root;           ///< "" or "/gitlab": stripped from request paths
    std::string gitlab_version = "17.11.0";  ///< what /internal/check reports to clients
    std::string gitlab_revision = "innergate";
    /// In front of a path in SSH clone URLs; "" is git@ and the host of external_url.
    std::string ssh_clone_prefix;
};

struct Secrets {
    std::string shell_secret_file = "/etc/innergate/shell_secret";
    std::string shell_secret_previous_file;  ///< accepted too; empty: there is none
    std::string kas_secret_file;             ///< empty: the routes for kas refuse everything
    std::string kas_secret_previous_file;
    std::string db_key_base_file = "/etc/innergate/db_key_base";  ///< salt of stored token digests
};

struct Database {
    std::string url = "sqlite:/var/lib/innergate/innergate.db";
    std::string url_file;  ///< where it stands instead; a secret's file
    std::chrono::milliseconds statement_timeout{10'000};
    /// What a call may take beyond statement_timeout before its connection is cut.
    std::chrono::milliseconds call_grace{2'000};
    /// After which the database counts as hung, when it is asked for a sign of life.
    std::chrono::milliseconds probe_timeout{1'500};
    std::chrono::seconds connect_timeout{2};
    std::chrono::seconds busy_timeout{5};  ///< how long to wait for another one's lock
};

/// One per pool: [pool.internal] and [pool.public].
struct Pool {
    std::string listen;  ///< "" = descriptor 0 (socket activation), "unix:PATH" or "HOST:PORT"
    unsigned threads = 4;
    unsigned slow_threads = 2;  ///< besides those, for requests that take long
    unsigned slow_queue = 64;   ///< how many of these may wait
};

struct Limits {
    std::size_t max_body_bytes = std::size_t{64} * 1024 * 1024;
    std::size_t max_header_fields = 100;
    std::size_t max_parameter_bytes = std::size_t{64} * 1024;  ///< all FastCGI parameters together
    std::size_t max_target_bytes = std::size_t{16} * 1024;
    std::size_t max_parameters = 10'000;
    std::size_t max_json_depth = 64;
    std::chrono::seconds io_timeout{30};  ///< a peer silent for so long loses its connection
};

struct Features {
    bool ssh_certificates = true;
    bool enterprise_users = true;
    bool ip_restrictions = true;
    bool container_registry = true;
    bool security_dashboard = true;
    bool security_orchestration_policies = true;
    bool cluster_receptive_agents = false;
    bool subscriptions = true;
    bool scim = true;
};

/// What the instance sells, and to whom.
struct Billing {
    bool saas = true;  ///< the instance sells to its groups, as GitLab.com does
};

/// The Kubernetes agent server.
struct Kas {
    bool user_access = true;
    std::string uuid_namespace = "58dc0f06-936c-43b3-93bb-71693f1b6570";
};

struct Access {
    bool authorized_keys_reject_inactive = false;
    bool git_http_pull = true;
    bool git_http_push = true;
    /// How long an account is locked after too many wrong passwords.
    std::chrono::seconds unlock_in{600};
    /// Callers whose address is not counted by the rate limit, such as Gitaly's. `unix:` is what
    /// nginx calls all who come over a unix socket.
    std::vector<std::string> trusted_addresses{"127.0.0.1", "::1", "unix:"};
};

/// Who looks into the repositories of a storage.
enum class Inspector { none, local, gitaly };

[[nodiscard]] std::string_view to_string(Inspector inspector);

/// One per storage: [storage.NAME].
struct Storage {
    /// What clients are told about where the repositories are served.
    std::string gitaly_address = "unix:/var/opt/gitlab/gitaly/gitaly.socket";
    bool is_gitaly_address_written = false;  ///< by the operator; false: it is the default
    std::string gitaly_token_file;           ///< empty: Gitaly wants to be shown no token
    std::string gitaly_ca_file;          ///< certificates that tls:// trusts; empty: the system's
    std::string path;                    ///< of the repositories on this host; empty: not here
    std::optional<Inspector> inspector;  ///< nothing: see choose_inspector()
};

/// By name. "default" is always there.
using Storages = std::map<std::string, Storage>;

/// What becomes of a push when a check on it cannot be made, because nobody can look into the
/// repository or the look failed.
enum class Unchecked {
    closed,  ///< refused
    open,    ///< let through
};

/// Named as the checks are, which is how refusals and the log name them.
struct Checks {
    Unchecked force_push = Unchecked::closed;
    Unchecked branch_basis = Unchecked::closed;
    Unchecked repository_state = Unchecked::closed;
    Unchecked lfs_objects = Unchecked::closed;
    Unchecked lfs_locks = Unchecked::closed;
    Unchecked file_size = Unchecked::closed;
    Unchecked snippet_files = Unchecked::closed;
};

struct Tokens {
    std::string personal_access_token_prefix = "glpat-";
    /// Days from today to the latest expiry of a new token, where tokens must expire.
    unsigned personal_access_token_max_lifetime_days = 365;
    /// What gitlab-shell may give to new tokens.
    std::vector<std::string> personal_access_token_scopes{
        "api",
        "create_runner",
        "k8s_proxy",
        "manage_runner",
        "read_api",
        "read_registry",
        "read_repository",
        "read_user",
        "self_rotate",
        "write_registry",
        "write_repository",
    };
    std::chrono::seconds lfs_token_lifetime{1800};
};

/// What becomes of pushes after they were told: `innergate-admin jobs run`.
struct Jobs {
    std::string hooks_dir = "/etc/innergate/post-receive.d";
    std::chrono::seconds hook_timeout{60};  ///< for each executable
    unsigned max_attempts = 10;             ///< then a job has failed for good
    std::chrono::seconds retry_delay{10};   ///< doubles with each attempt, up to an hour
    std::chrono::milliseconds poll_interval{1000};
    /// Beyond the time that what it runs may take: a runner silent for so long is gone.
    std::chrono::seconds lease{60};
};

enum class LogLevel { debug, info, warning, error };

struct Logging {
    LogLevel level = LogLevel::info;
};

struct Settings {
    Instance instance;
    Secrets secrets;
    Database database;
    std::map<PoolName, Pool> pools{{PoolName::internal, {}}, {PoolName::public_, {}}};
    Limits limits;
    Features features;
    Kas kas;
    Billing billing;
    Access access;
    Storages storages{{"default", {}}};
    Checks checks;
    Tokens tokens;
    Jobs jobs;
    Logging logging;
};

}  // namespace innergate::settings
