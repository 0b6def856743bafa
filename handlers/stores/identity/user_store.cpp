#include "handlers/stores/identity/user_store.hpp"

#include <string>

#include "app/db/session.hpp"
#include "app/written_id.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFindByKey{"users.find_by_key", R"sql(
    select users.id, users.name, users.username
      from keys
      join users on users.id = keys.user_id
     where keys.id = :key_id
       and keys.usage_type in (0, 1))sql"};

constexpr db::Query kFind{"users.find", R"sql(
    select users.id, users.name, users.username
      from users
     where users.id = :user_id)sql"};

constexpr db::Query kFindByUsername{"users.find_by_username", R"sql(
    select users.id, users.name, users.username
      from users
     where lower(users.username) = lower(:username))sql"};

template <class Binding>
std::optional<User> fetch_user(
    db::Session& session, const db::Query& query, const Binding& selector
) {
    User user;
    const bool found = session.fetch_one(
        query, selector, soci::into(user.id.value), soci::into(user.name), soci::into(user.username)
    );
    return found ? std::optional{std::move(user)} : std::nullopt;
}

}  // namespace

std::optional<User> UserStore::find_by_key(KeyId key_id) {
    return fetch_user(session_, kFindByKey, soci::use(key_id.value, "key_id"));
}

std::optional<User> UserStore::find(UserId user_id) {
    return fetch_user(session_, kFind, soci::use(user_id.value, "user_id"));
}

std::optional<User> UserStore::find_by_username(std::string_view username) {
    const std::string name{username};
    return fetch_user(session_, kFindByUsername, soci::use(name, "username"));
}

std::optional<User> UserStore::find(std::string_view id_or_username) {
    const auto id = parse_written_id<UserId>(id_or_username);
    return id ? find(*id) : find_by_username(id_or_username);
}

}  // namespace innergate::handlers
