// Users and who stands behind a key.
#pragma once

#include <optional>
#include <string_view>

#include "app/ids.hpp"
#include "handlers/entities/user.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class UserStore {
public:
    explicit UserStore(db::Session& session) : session_(session) {}

    /// The owner of a key that may authenticate, deploy keys included. A signing-only key has none.
    [[nodiscard]] std::optional<User> find_by_key(KeyId key_id);
    [[nodiscard]] std::optional<User> find(UserId user_id);
    /// Case-insensitive.
    [[nodiscard]] std::optional<User> find_by_username(std::string_view username);
    /// By id when `id_or_username` is all digits (a sign allowed), else by username.
    [[nodiscard]] std::optional<User> find(std::string_view id_or_username);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
