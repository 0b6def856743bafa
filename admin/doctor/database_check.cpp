#include "admin/doctor/database_check.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <sys/stat.h>

#include "admin/doctor/scim_check.hpp"
#include "admin/doctor/service_account.hpp"
#include "admin/entities/rows/agent_token_rows.hpp"
#include "admin/entities/rows/error_tracking_rows.hpp"
#include "admin/entities/rows/scim_rows.hpp"
#include "admin/entities/rows/token_rows.hpp"
#include "sql/migrations.hpp"
#include <fmt/format.h>

#include "app/auth/salted_digest.hpp"
#include "app/db/call_guard.hpp"
#include "app/db/migrator.hpp"
#include "app/db/readiness.hpp"

namespace innergate::admin::doctor {
namespace {

// Secrets of the demo data, printed in its documentation for everyone to copy.
struct DemoSecret {
    std::string_view text;
    bool (*is_accepted)(Database& database, const std::string& digest);
    std::string_view remedy;
};

bool is_error_tracking_token(Database& database, const std::string& digest) {
    return rows::read_error_tracking(database).token_digest == digest;
}

constexpr std::string_view kScimTokenRemedy =
    "remove it before anyone can reach this instance (innergate-admin scim-token list, remove)";

constexpr std::array kDemoSecrets{
    DemoSecret{
        "glpat-innergate-demo-admin",
        rows::has_personal_access_token,
        "remove it before anyone can reach this instance (innergate-admin token remove)"},
    DemoSecret{
        "glagent-innergate-demo-agent",
        rows::has_agent_token,
        "revoke it before anyone can reach this instance (innergate-admin agent-token revoke)"},
    DemoSecret{
        "innergate-demo-error-tracking",
        is_error_tracking_token,
        "replace it before anyone can reach this instance (innergate-admin error-tracking token)"},
    DemoSecret{"innergate-demo-scim-group", rows::has_scim_token, kScimTokenRemedy},
    DemoSecret{"innergate-demo-scim-instance", rows::has_scim_token, kScimTokenRemedy},
};

bool is_good(const Findings& findings) {
    return std::ranges::none_of(findings, [](const Finding& finding) {
        return finding.verdict == Verdict::failure;
    });
}

std::string how_to_reach(const db::Options& options) {
    if (options.dialect == db::Dialect::postgresql) {
        return "see that the server runs and takes connections from here, or correct database.url";
    }
    return std::filesystem::exists(options.sqlite_path)
               ? "see that the file is an SQLite database that you may read"
               : "run innergate-admin migrate, or correct database.url";
}

/// SQLite keeps its journal beside the file, so the folder matters as much as the file.
Findings check_file(const std::string& path, const settings::Settings& settings) {
    const auto absolute = std::filesystem::absolute(path);
    Findings findings;
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
        findings.push_back(warning(
            fmt::format("database: {} is open to other users", path),
            fmt::format("chmod o-rwx {}", path)
        ));
    }
    const auto account = account_of_pools(settings);
    if (!account) {
        return findings;
    }
    for (const std::string& place : {absolute.string(), absolute.parent_path().string()}) {
        if (const auto reason = why_account_may_not(place, FileUse::read_and_write, *account)) {
            findings.push_back(
                failed("database: " + *reason, fmt::format("chown {} {}", *account, place))
            );
        }
    }
    return findings;
}

Findings check_reach(
    Database& database, const db::Options& options, const settings::Settings& settings
) {
    if (const auto reason = db::fault_of(database.session())) {
        return {failed("database: " + *reason, how_to_reach(options))};
    }
    Findings findings{good(fmt::format("database: {} answers", options.shown_as))};
    if (options.dialect == db::Dialect::sqlite) {
        std::ranges::move(check_file(options.sqlite_path, settings), std::back_inserter(findings));
    }
    return findings;
}

Finding check_schema(Database& database) {
    try {
        const auto states = db::Migrator{database.session(), sql::migrations()}.status();
        const auto missing = std::ranges::count(states, false, &db::MigrationState::is_applied);
        if (missing > 0) {
            return failed(
                fmt::format("schema: {} of {} migrations are missing", missing, states.size()),
                "run innergate-admin migrate"
            );
        }
        return good(fmt::format("schema: version {}", states.back().version));
    } catch (const db::Unavailable& unavailable) {
        return failed(
            fmt::format("schema: {}", unavailable.what()),
            "install the newer innergate here, or name another database"
        );
    }
}

Findings check_demo_secrets(Context& context, Database& database) {
    const auto key_base = context.db_key_base();
    if (!key_base) {
        return {};  // the check of the secrets has said so
    }
    Findings findings;
    for (const DemoSecret& secret : kDemoSecrets) {
        if (secret.is_accepted(database, auth::salted_digest(secret.text, *key_base))) {
            findings.push_back(warning(
                fmt::format(
                    "DEMO SECRET: this database accepts {}, which everyone can read in the "
                    "documentation",
                    secret.text
                ),
                std::string{secret.remedy}
            ));
        }
    }
    if (findings.empty()) {
        findings.push_back(good("demo secrets: none"));
    }
    return findings;
}

}  // namespace

Findings check_database(Context& context) {
    auto options = context.database_options();
    if (!options) {
        return {failed("database: " + options.error(), "correct that setting")};
    }
    options->schema_version = 0;  // its version is checked separately
    db::CallGuard guard;          // a database that hangs is a finding too
    options->guard = &guard;
    Database database{*options};
    Findings findings = check_reach(database, *options, context.settings);
    if (is_good(findings)) {
        findings.push_back(check_schema(database));
    }
    if (is_good(findings)) {
        std::ranges::move(check_demo_secrets(context, database), std::back_inserter(findings));
        std::ranges::move(check_scim(database, context.settings), std::back_inserter(findings));
    }
    return findings;
}

}  // namespace innergate::admin::doctor
