#include "handlers/stores/identity/key_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFindByFingerprint{"keys.find_by_fingerprint", R"sql(
    select keys.id, keys.title, keys.key, keys.created_at, keys.expires_at, keys.usage_type,
           users.name,
           case when users.state = 'active' then 1 else 0 end
      from keys
      left join users on users.id = keys.user_id
     where keys.fingerprint_sha256 = :fingerprint
       and keys.usage_type in (0, 1))sql"};

}  // namespace

std::string_view to_string(KeyUsage usage) {
    switch (usage) {
        case KeyUsage::auth_and_signing:
            return "auth_and_signing";
        case KeyUsage::auth:
            return "auth";
        case KeyUsage::signing:
            return "signing";
    }
    return {};
}

std::optional<Key> KeyStore::find_by_fingerprint(std::string_view fingerprint_sha256) {
    const std::string fingerprint{fingerprint_sha256};
    Key key;
    int usage = 0;
    const bool found = session_.fetch_one(
        kFindByFingerprint,
        soci::use(fingerprint, "fingerprint"),
        soci::into(key.id.value),
        soci::into(key.title),
        soci::into(key.key),
        soci::into(key.created_at),
        soci::into(key.expires_at),
        soci::into(usage),
        soci::into(key.owner_name),
        soci::into(key.owner_is_active)
    );
    key.usage = static_cast<KeyUsage>(usage);
    return found ? std::optional{std::move(key)} : std::nullopt;
}

}  // namespace innergate::handlers
