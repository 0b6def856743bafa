#include "handlers/stores/identity/key_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kKey = db::columns<Key>(
    db::column("keys.id", &Key::id),
    db::column("keys.title", &Key::title),
    db::column("keys.key", &Key::key),
    db::column("keys.created_at", &Key::created_at),
    db::column("keys.expires_at", &Key::expires_at),
    db::column("keys.usage_type", &Key::usage),
    db::column("users.name", &Key::owner_name),
    db::flag("users.state = 'active'", &Key::owner_is_active)
);

constexpr auto kFindByFingerprint = db::reading("keys.find_by_fingerprint", "select", kKey, R"sql(
      from keys
      left join users on users.id = keys.user_id
     where keys.fingerprint_sha256 = :fingerprint
       and keys.usage_type in (0, 1))sql");

constexpr db::Query kTouch{
    "keys.touch",
    R"sql(
    update keys
       set last_used_at = :now
     where id = :id
       and (last_used_at is null or last_used_at < :stale))sql",
    db::Access::write,
};

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
    return session_.fetch_row(kFindByFingerprint, soci::use(fingerprint, "fingerprint"));
}

bool KeyStore::touch(KeyId id, Timestamp now, std::chrono::seconds interval) {
    const Timestamp stale = now - interval;
    return session_.execute(
               kTouch, soci::use(now, "now"), soci::use(id.value, "id"), soci::use(stale, "stale")
           ) > 0;
}

}  // namespace innergate::handlers
