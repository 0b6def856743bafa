#include "app/db/options.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "app/db/database_file.hpp"
#include "app/settings/checks.hpp"
#include "app/settings/secret_file.hpp"

namespace innergate::db {
namespace {

constexpr std::chrono::seconds kOpenMargin{1};

using ConnectionInfo = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

std::string quoted(std::string_view value) {
    std::string text{"'"};
    for (const char character : value) {
        if (character == '\'' || character == '\\') {
            text.push_back('\\');
        }
        text.push_back(character);
    }
    text.push_back('\'');
    return text;
}

/// What innergate adds unless the operator's URL says otherwise.
std::string default_for(
    std::string_view keyword, const settings::Database& settings, std::string_view application_name
) {
    if (keyword == "application_name") {
        return std::string{application_name};
    }
    if (keyword == "connect_timeout") {
        return std::to_string(settings.connect_timeout.count());
    }
    if (keyword == "tcp_user_timeout") {
        // A host that vanished without a word must not hold a thread longer than a slow query may.
        return std::to_string(settings.statement_timeout.count());
    }
    return {};
}

tl::expected<Options, std::string> postgresql_options(
    const settings::Database& settings, std::string_view application_name
) {
    char* message = nullptr;
    const ConnectionInfo parsed{PQconninfoParse(settings.url.c_str(), &message), &PQconninfoFree};
    const std::unique_ptr<char, decltype(&PQfreemem)> owned_message{message, &PQfreemem};
    if (parsed == nullptr) {
        return tl::unexpected(std::string{"is no PostgreSQL URL that libpq understands"});
    }
    Options options;
    options.dialect = Dialect::postgresql;
    std::string host;
    std::string address;
    std::string database;
    for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
        const std::string_view keyword{option->keyword};
        std::string value = option->val == nullptr
                                ? default_for(keyword, settings, application_name)
                                : std::string{option->val};
        if (keyword == "options") {
            // libpq prints notices and warnings to standard error, between the lines of our log.
            //
            // All statements read a few rows by index, however many the planner expects. Compiling
            // one takes a hundred times as long as running it. One plan does for all values. What
            // is asked again and again is in memory, so an index costs little more than a scan.
            value += fmt::format(
                "{}-c statement_timeout={} -c lock_timeout={} -c timezone=UTC -c datestyle=ISO "
                "-c client_min_messages=error -c jit=off -c plan_cache_mode=force_generic_plan "
                "-c random_page_cost=1.1",
                value.empty() ? "" : " ",
                settings.statement_timeout.count(),
                std::chrono::milliseconds{settings.busy_timeout}.count()
            );
        }
        if (value.empty()) {
            continue;
        }
        options.connection_string += fmt::format("{}={} ", keyword, quoted(value));
        if (keyword == "host") {
            host = value;
        } else if (keyword == "hostaddr") {
            address = value;
        } else if (keyword == "dbname") {
            database = value;
        }
    }
    // libpq's own time-out is for each host. There is none for looking up a host's name.
    const auto hosts = 1 + std::ranges::count(host.empty() ? address : host, ',');
    options.open_timeout = hosts * settings.connect_timeout + kOpenMargin;
    options.shown_as = fmt::format("postgresql database '{}' on '{}'", database, host);
    return options;
}

tl::expected<Options, std::string> sqlite_options(const settings::Database& settings) {
    constexpr std::string_view kScheme = "sqlite:";
    Options options;
    options.dialect = Dialect::sqlite;
    options.sqlite_path = settings.url.substr(kScheme.size());
    if (options.sqlite_path.empty() || options.sqlite_path.find('"') != std::string::npos) {
        return tl::unexpected(std::string{"sqlite: needs a file name without double quotes"});
    }
    // No synchronous= here: SOCI would run it before the time-out is set.
    options.connection_string =
        fmt::format("db=\"{}\" timeout={}", options.sqlite_path, settings.busy_timeout.count());
    options.shown_as = settings.url;
    options.file = std::make_shared<DatabaseFile>(options.sqlite_path);
    return options;
}

/// Of settings whose URL is known.
tl::expected<Options, std::string> options_of(
    const settings::Database& settings, std::string_view application_name
) {
    if (auto reason = settings::database_url(settings.url)) {
        return tl::unexpected(std::move(*reason));
    }
    return settings.url.starts_with("sqlite:") ? sqlite_options(settings)
                                               : postgresql_options(settings, application_name);
}

}  // namespace

tl::expected<Options, std::string> make_options(
    settings::Database settings, std::string_view application_name
) {
    std::string_view key = "database.url";
    if (!settings.url_file.empty()) {
        key = "database.url_file";
        auto url = settings::read_secret_file(settings.url_file);
        if (!url) {
            return tl::unexpected(fmt::format("{}: {}", key, url.error()));
        }
        settings.url = std::move(*url);
    }
    auto options = options_of(settings, application_name);
    if (!options) {
        return tl::unexpected(fmt::format("{} {}", key, options.error()));
    }
    options->statement_timeout = settings.statement_timeout;
    options->busy_timeout = settings.busy_timeout;
    options->call_timeout = settings.statement_timeout + settings.call_grace;
    return options;
}

}  // namespace innergate::db
