#include "app/db/options.hpp"

#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace innergate::db {
namespace {

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
            // one takes a hundred times as long as running it, one plan does for all values, and
            // what is asked again and again is in memory: an index costs little more than a scan.
            value += fmt::format(
                "{}-c statement_timeout={} -c timezone=UTC -c datestyle=ISO "
                "-c client_min_messages=error -c jit=off -c plan_cache_mode=force_generic_plan "
                "-c random_page_cost=1.1",
                value.empty() ? "" : " ",
                settings.statement_timeout.count()
            );
        }
        if (value.empty()) {
            continue;
        }
        options.connection_string += fmt::format("{}={} ", keyword, quoted(value));
        if (keyword == "host") {
            host = value;
        } else if (keyword == "dbname") {
            database = value;
        }
    }
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
    return options;
}

}  // namespace

tl::expected<Options, std::string> make_options(
    const settings::Database& settings, std::string_view application_name
) {
    tl::expected<Options, std::string> options =
        tl::unexpected(std::string{"must start with sqlite: or postgresql://"});
    if (settings.url.starts_with("sqlite:")) {
        options = sqlite_options(settings);
    } else if (settings.url.starts_with("postgresql://") || settings.url.starts_with("postgres://")) {
        options = postgresql_options(settings, application_name);
    }
    if (options) {
        options->statement_timeout = settings.statement_timeout;
    }
    return options;
}

}  // namespace innergate::db
