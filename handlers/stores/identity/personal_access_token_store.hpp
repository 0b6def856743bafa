// Personal access tokens, by digest only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct PersonalAccessToken {
    PersonalAccessTokenId id;
    UserId user_id;
    std::string scopes;  ///< a JSON array of names
    std::optional<Date> expires_at;
    bool is_revoked = false;
    std::optional<Timestamp> last_used_at;
    bool user_is_active = false;
    bool user_is_admin = false;
    /// The instance's setting: administrators' tokens have an administrator's rights only with the
    /// scope `admin_mode`.
    bool needs_admin_mode = false;
};

struct NewPersonalAccessToken {
    UserId user_id;
    std::string name;
    std::string digest;
    std::string scopes;  ///< a JSON array of names
    std::optional<Date> expires_at;
};

class PersonalAccessTokenStore {
public:
    explicit PersonalAccessTokenStore(db::Session& session) : session_(session) {}

    [[nodiscard]] std::optional<PersonalAccessToken> find_by_digest(std::string_view digest);

    void add(const NewPersonalAccessToken& token, Timestamp now);

    /// Whether the instance lets no new token live for ever.
    [[nodiscard]] bool is_expiry_required();

    /// Remembers the use, unless a later one was remembered meanwhile.
    void touch(PersonalAccessTokenId id, Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
