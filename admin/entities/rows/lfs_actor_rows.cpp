#include "admin/entities/rows/lfs_actor_rows.hpp"

#include <string_view>

#include "app/decimal.hpp"

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFindUser{"lfs_actor_rows.find_user", R"sql(
    select id, username, encrypted_password
      from users
     where lower(username) = lower(:username))sql"};

constexpr db::Query kFindDeployKey{"lfs_actor_rows.find_deploy_key", R"sql(
    select fingerprint_sha256
      from keys
     where id = :id
       and type = 'DeployKey')sql"};

std::optional<auth::LfsActor> find_user(Database& database, const std::string& name) {
    UserId id;
    std::string username;
    std::string encrypted_password;
    const bool found = database.session().fetch_one(
        kFindUser,
        soci::use(name, "username"),
        soci::into(id.value),
        soci::into(username),
        soci::into(encrypted_password)
    );
    return found ? std::optional{auth::lfs_actor(id, username, encrypted_password)} : std::nullopt;
}

std::optional<auth::LfsActor> find_deploy_key(Database& database, std::string_view digits) {
    const auto number = parse_decimal<long long>(digits);
    if (!number) {
        return std::nullopt;
    }
    const KeyId id{*number};
    std::string fingerprint;
    const bool found = database.session().fetch_one(
        kFindDeployKey, soci::use(id.value, "id"), soci::into(fingerprint)
    );
    return found ? std::optional{auth::lfs_actor(id, fingerprint)} : std::nullopt;
}

}  // namespace

std::optional<auth::LfsActor> find_lfs_actor(Database& database, const std::string& name) {
    // No username has a plus sign.
    constexpr std::string_view kDeployKey = "lfs+deploy-key-";
    if (name.starts_with(kDeployKey)) {
        return find_deploy_key(database, std::string_view{name}.substr(kDeployKey.size()));
    }
    return find_user(database, name);
}

}  // namespace innergate::admin::rows
