#include "app/settings/keys.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "app/ascii.hpp"
#include "app/settings/access_keys.hpp"
#include "app/settings/checks.hpp"
#include "app/settings/feature_keys.hpp"
#include "app/settings/job_keys.hpp"
#include "app/settings/key_row.hpp"
#include "app/settings/storage_keys.hpp"

namespace innergate::settings {
namespace {

/// `database.busy_timeout` is `DATABASE_BUSY_TIMEOUT`.
std::string as_variable(std::string_view dotted) {
    std::string name = ascii::upper(dotted);
    std::ranges::replace(name, '.', '_');
    std::ranges::replace(name, '-', '_');
    return name;
}

Key redacted(Key key) {
    key.disclosure = Disclosure::redacted;
    return key;
}

template <PoolName Pool>
void add_pool(std::vector<Key>& keys, const std::string& section) {
    keys.push_back(row<std::string, Check>(
        section,
        "listen",
        "unix:PATH|HOST:PORT",
        [](Settings& settings) -> std::string& { return settings.pools.at(Pool).listen; },
        "Where the pool listens; empty: on descriptor 0, which systemd or spawn-fcgi hands over.",
        listen_address
    ));
    keys.push_back(row<unsigned>(
        section,
        "threads",
        "count",
        [](Settings& settings) -> unsigned& { return settings.pools.at(Pool).threads; },
        "Worker threads, each with a database session of its own. Two per core serve PostgreSQL "
        "best, one per core SQLite.",
        thread_count
    ));
    keys.push_back(row<unsigned>(
        section,
        "slow_threads",
        "count",
        [](Settings& settings) -> unsigned& { return settings.pools.at(Pool).slow_threads; },
        "Threads besides, for requests that take long, such as access checks that look into a "
        "repository. Each opens a database session when it first has something to do.",
        thread_count
    ));
    keys.push_back(row<unsigned>(
        section,
        "slow_queue",
        "count",
        [](Settings& settings) -> unsigned& { return settings.pools.at(Pool).slow_queue; },
        "Requests that may wait for one of the slow threads, each with its connection and body in "
        "memory; one more is answered with 503.",
        queue_length
    ));
}

void add_instance(std::vector<Key>& keys) {
    keys.push_back(row<std::string, Check>(
        "instance",
        "external_url",
        "URL",
        [](Settings& settings) -> std::string& { return settings.instance.external_url; },
        "The address at which people reach the instance: prefix of every URL in answers.",
        web_url
    ));
    keys.push_back(row<std::string, Check>(
        "instance",
        "relative_url_root",
        "path",
        [](Settings& settings) -> std::string& { return settings.instance.relative_url_root; },
        "Path under which the instance is mounted, such as /gitlab; removed from request paths.",
        relative_root
    ));
    keys.push_back(row<std::string, Check>(
        "instance",
        "gitlab_version",
        "text",
        [](Settings& settings) -> std::string& { return settings.instance.gitlab_version; },
        "The version that /internal/check reports to clients.",
        version
    ));
    keys.push_back(row<std::string, Check>(
        "instance",
        "gitlab_revision",
        "text",
        [](Settings& settings) -> std::string& { return settings.instance.gitlab_revision; },
        "The revision that /internal/check reports to clients.",
        word
    ));
    keys.push_back(row<std::string, Check>(
        "instance",
        "ssh_clone_prefix",
        "text",
        [](Settings& settings) -> std::string& { return settings.instance.ssh_clone_prefix; },
        "What stands before the path in SSH clone URLs, such as "
        "ssh://git@gitlab.example.com:2222/; empty: git@, the host of external_url, a colon.",
        clone_prefix
    ));
}

void add_secrets(std::vector<Key>& keys) {
    keys.push_back(row<std::string, Check>(
        "secrets",
        "shell_secret_file",
        "path",
        [](Settings& settings) -> std::string& { return settings.secrets.shell_secret_file; },
        "File with the secret shared with gitlab-shell and Gitaly.",
        not_empty
    ));
    keys.push_back(row<std::string, Check>(
        "secrets",
        "shell_secret_previous_file",
        "path",
        [](Settings& settings) -> std::string& {
            return settings.secrets.shell_secret_previous_file;
        },
        "File with the shell secret before this one: tokens signed with it are good too, until all "
        "clients have the new one. Empty: there is none."
    ));
    keys.push_back(row<std::string, Check>(
        "secrets",
        "kas_secret_file",
        "path",
        [](Settings& settings) -> std::string& { return settings.secrets.kas_secret_file; },
        "File with the secret shared with the Kubernetes agent server; empty: its routes refuse "
        "everyone."
    ));
    keys.push_back(row<std::string, Check>(
        "secrets",
        "kas_secret_previous_file",
        "path",
        [](Settings& settings) -> std::string& {
            return settings.secrets.kas_secret_previous_file;
        },
        "File with the agent server's secret before this one, accepted too. Empty: there is none."
    ));
    keys.push_back(row<std::string, Check>(
        "secrets",
        "db_key_base_file",
        "path",
        [](Settings& settings) -> std::string& { return settings.secrets.db_key_base_file; },
        "File with the key base that salts the digests of stored tokens. Changing it makes all "
        "tokens unknown.",
        not_empty
    ));
}

void add_database(std::vector<Key>& keys) {
    keys.push_back(redacted(row<std::string, Check>(
        "database",
        "url",
        "sqlite:PATH|postgresql://…",
        [](Settings& settings) -> std::string& { return settings.database.url; },
        "The database. A PostgreSQL URL may name several hosts; add "
        "target_session_attrs=read-write then.",
        database_url
    )));
    keys.push_back(row<std::string, Check>(
        "database",
        "url_file",
        "path",
        [](Settings& settings) -> std::string& { return settings.database.url_file; },
        "File with the URL, guarded as secrets are: for one with a password. Empty: url says it."
    ));
    keys.push_back(row<std::chrono::milliseconds>(
        "database",
        "statement_timeout",
        "milliseconds",
        [](Settings& settings) -> std::chrono::milliseconds& {
            return settings.database.statement_timeout;
        },
        "PostgreSQL: a statement that takes longer is given up and answered with 503."
    ));
    keys.push_back(row<std::chrono::milliseconds>(
        "database",
        "call_grace",
        "milliseconds",
        [](Settings& settings) -> std::chrono::milliseconds& {
            return settings.database.call_grace;
        },
        "How much longer than statement_timeout a call may take when the server does not give it "
        "up "
        "itself. Then its connection is cut, and requests get 503 at once until the database "
        "answers "
        "again."
    ));
    keys.push_back(row<std::chrono::milliseconds>(
        "database",
        "probe_timeout",
        "milliseconds",
        [](Settings& settings) -> std::chrono::milliseconds& {
            return settings.database.probe_timeout;
        },
        "The database is asked for a sign of life twice a second. When it takes longer than this, "
        "readiness fails, and requests get 503 at once until it answers."
    ));
    keys.push_back(row<std::chrono::seconds>(
        "database",
        "connect_timeout",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& {
            return settings.database.connect_timeout;
        },
        "PostgreSQL: how long to wait for a connection to a host."
    ));
    keys.push_back(row<std::chrono::seconds>(
        "database",
        "busy_timeout",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& { return settings.database.busy_timeout; },
        "How long to wait for what somebody else has locked: SQLite's file while another process "
        "writes, tables "
        "and rows of PostgreSQL (lock_timeout)."
    ));
}

void add_limits(std::vector<Key>& keys) {
    const auto add = [&keys](
                         const std::string& name,
                         const std::string& form,
                         const Accessor<std::size_t>& access,
                         const std::string& doc
                     ) { keys.push_back(row<std::size_t>("limits", name, form, access, doc)); };
    add(
        "max_body_bytes",
        "bytes",
        [](Settings& settings) -> std::size_t& { return settings.limits.max_body_bytes; },
        "Longest request body; a longer one is answered with 413."
    );
    add(
        "max_header_fields",
        "count",
        [](Settings& settings) -> std::size_t& { return settings.limits.max_header_fields; },
        "Most header fields of a request; more are answered with 400."
    );
    add(
        "max_parameter_bytes",
        "bytes",
        [](Settings& settings) -> std::size_t& { return settings.limits.max_parameter_bytes; },
        "Most FastCGI parameters of a request, all together; more are answered with 400."
    );
    add(
        "max_target_bytes",
        "bytes",
        [](Settings& settings) -> std::size_t& { return settings.limits.max_target_bytes; },
        "Longest request target, path and query; a longer one is answered with 400."
    );
    add(
        "max_parameters",
        "count",
        [](Settings& settings) -> std::size_t& { return settings.limits.max_parameters; },
        "Most parameters in a query or form; more are answered with 400."
    );
    keys.push_back(row<std::size_t>(
        "limits",
        "max_json_depth",
        "levels",
        [](Settings& settings) -> std::size_t& { return settings.limits.max_json_depth; },
        "Deepest nesting of JSON and form parameters; deeper is answered with 400.",
        json_depth
    ));
    keys.push_back(row<std::chrono::seconds>(
        "limits",
        "io_timeout",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& { return settings.limits.io_timeout; },
        "A FastCGI peer that is silent for so long in the middle of a request loses its connection."
    ));
}

void add_tokens(std::vector<Key>& keys) {
    keys.push_back(row<std::string, Check>(
        "tokens",
        "personal_access_token_prefix",
        "text",
        [](Settings& settings) -> std::string& {
            return settings.tokens.personal_access_token_prefix;
        },
        "What new personal access tokens begin with.",
        token_prefix
    ));
    keys.push_back(row<unsigned>(
        "tokens",
        "personal_access_token_max_lifetime_days",
        "days",
        [](Settings& settings) -> unsigned& {
            return settings.tokens.personal_access_token_max_lifetime_days;
        },
        "How far ahead a new personal access token may expire, where tokens must expire; also the "
        "expiry of one for which none is asked.",
        token_lifetime_days
    ));
    keys.push_back(row<std::vector<std::string>>(
        "tokens",
        "personal_access_token_scopes",
        "names",
        [](Settings& settings) -> std::vector<std::string>& {
            return settings.tokens.personal_access_token_scopes;
        },
        "Scopes that gitlab-shell may ask for.",
        scope_names
    ));
    keys.push_back(row<std::chrono::seconds>(
        "tokens",
        "lfs_token_lifetime",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& {
            return settings.tokens.lfs_token_lifetime;
        },
        "How long the token is good that Git LFS gets over SSH."
    ));
}

void add_logging(std::vector<Key>& keys) {
    keys.push_back(row<LogLevel>(
        "logging",
        "level",
        "debug|info|warning|error",
        [](Settings& settings) -> LogLevel& { return settings.logging.level; },
        "Least severe event that is logged. Requests are info, those answered with 5xx error."
    ));
}

std::vector<Key> make_keys() {
    std::vector<Key> keys;
    add_instance(keys);
    add_secrets(keys);
    add_database(keys);
    add_pool<PoolName::internal>(keys, "pool.internal");
    add_pool<PoolName::public_>(keys, "pool.public");
    add_limits(keys);
    add_features(keys);
    add_access(keys);
    std::ranges::move(storage_keys(std::string{kDefaultStorage}), std::back_inserter(keys));
    add_checks(keys);
    add_tokens(keys);
    add_logging(keys);
    add_jobs(keys);
    add_kas(keys);
    add_billing(keys);
    return keys;
}

}  // namespace

std::string_view to_string(PoolName pool) {
    return pool == PoolName::internal ? "internal" : "public";
}

std::string Key::environment_variable() const {
    return "INNERGATE_" + as_variable(section) + "_" + as_variable(name);
}

std::string Key::option() const {
    std::string text = "--" + section + "-" + name;
    std::ranges::replace(text, '.', '-');
    std::ranges::replace(text, '_', '-');
    return text;
}

std::span<const Key> keys() {
    static const std::vector<Key> table = make_keys();
    return table;
}

std::optional<Key> find_key(std::string_view dotted) {
    const auto is_it = [dotted](const Key& key) { return key.dotted() == dotted; };
    if (const auto found = std::ranges::find_if(keys(), is_it); found != keys().end()) {
        return *found;
    }
    // The name of a storage may have dots itself, that of a key has none.
    const auto storage = storage_of(dotted.substr(0, dotted.rfind('.')));
    if (!storage) {
        return std::nullopt;
    }
    const std::vector<Key> of_storage = storage_keys(*storage);
    const auto found = std::ranges::find_if(of_storage, is_it);
    return found == of_storage.end() ? std::nullopt : std::optional{*found};
}

}  // namespace innergate::settings
