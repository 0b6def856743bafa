#include "handlers/pool/pool_configuration.hpp"

#include <utility>

#include "sql/migrations.hpp"

#include "app/settings/secret_file.hpp"
#include "handlers/inspectors/inspectors.hpp"

namespace innergate::programs {

tl::expected<PoolConfiguration, std::string> configure_pool(
    settings::PoolName pool, settings::Settings settings
) {
    std::string faults;
    const auto keep = [&faults](tl::expected<std::string, std::string> secret) {
        if (!secret) {
            faults += secret.error() + "\n";
        }
        return auth::Secret{secret.value_or("")};
    };
    const auto read = [&keep](const std::string& path) {
        return keep(settings::read_secret_file(path));
    };
    PoolConfiguration configuration;
    configuration.pool = pool;
    if (pool == settings::PoolName::internal) {
        configuration.shell_secret = read(settings.secrets.shell_secret_file);
        if (const std::string& path = settings.secrets.shell_secret_previous_file; !path.empty()) {
            configuration.shell_secret_previous = read(path);
        }
        const auto read_base64 = [&keep](const std::string& path) {
            return path.empty() ? auth::Secret{} : keep(settings::read_base64_secret_file(path));
        };
        configuration.kas_secret = read_base64(settings.secrets.kas_secret_file);
        configuration.kas_secret_previous = read_base64(settings.secrets.kas_secret_previous_file);
        if (auto tokens = auth::read_gitaly_tokens(settings.storages)) {
            configuration.gitaly_tokens = *std::move(tokens);
        } else {
            faults += tokens.error();
        }
        faults += handlers::inspectors::why_unable(settings.storages);
    }
    configuration.db_key_base = read(settings.secrets.db_key_base_file);
    auto database =
        db::make_options(settings.database, "innergate-" + std::string{settings::to_string(pool)});
    if (database) {
        configuration.database = std::move(*database);
        configuration.database.schema_version = sql::migrations().back().version;
        configuration.database.newer_schema = db::NewerSchema::survive;
    } else {
        faults += database.error() + "\n";
    }
    configuration.settings = std::move(settings);
    if (!faults.empty()) {
        return tl::unexpected(std::move(faults));
    }
    return configuration;
}

}  // namespace innergate::programs
