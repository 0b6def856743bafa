#include "handlers/stores/identity/user_store.hpp"

#include <string>

#include "app/db/session.hpp"
#include "app/written_id.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kUser = db::columns<User>(
    db::column("users.id", &User::id),
    db::column("users.name", &User::name),
    db::column("users.username", &User::username)
);

constexpr auto kFind =
    db::reading("users.find", "select", kUser, "from users where users.id = :user_id");

constexpr auto kFindByKey = db::reading("users.find_by_key", "select", kUser, R"sql(
      from keys
      join users on users.id = keys.user_id
     where keys.id = :key_id
       and keys.usage_type in (0, 1))sql");

constexpr auto kFindByUsername = db::reading("users.find_by_username", "select", kUser, R"sql(
      from users
     where lower(users.username) = lower(:username))sql");

}  // namespace

std::optional<User> UserStore::find_by_key(KeyId key_id) {
    return session_.fetch_row(kFindByKey, soci::use(key_id, "key_id"));
}

std::optional<User> UserStore::find(UserId user_id) {
    return session_.fetch_row(kFind, soci::use(user_id, "user_id"));
}

std::optional<User> UserStore::find_by_username(std::string_view username) {
    const std::string name{username};
    return session_.fetch_row(kFindByUsername, soci::use(name, "username"));
}

std::optional<User> UserStore::find(std::string_view id_or_username) {
    const auto id = parse_written_id<UserId>(id_or_username);
    return id ? find(*id) : find_by_username(id_or_username);
}

}  // namespace innergate::handlers
