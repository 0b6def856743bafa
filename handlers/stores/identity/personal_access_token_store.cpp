#include "handlers/stores/identity/personal_access_token_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kToken = db::columns<PersonalAccessToken>(
    db::column("tokens.id", &PersonalAccessToken::id),
    db::column("tokens.user_id", &PersonalAccessToken::user_id),
    db::column("tokens.scopes", &PersonalAccessToken::scopes),
    db::column("tokens.expires_at", &PersonalAccessToken::expires_at),
    db::flag("tokens.revoked", &PersonalAccessToken::is_revoked),
    db::column("tokens.last_used_at", &PersonalAccessToken::last_used_at),
    db::flag("users.state = 'active'", &PersonalAccessToken::user_is_active),
    db::flag("users.admin", &PersonalAccessToken::user_is_admin),
    db::column(
        R"sql(
           coalesce((select case when admin_mode then 1 else 0 end
                       from application_settings
                      where id = 1), 0))sql",
        &PersonalAccessToken::needs_admin_mode
    )
);

constexpr auto kFindByDigest =
    db::reading("personal_access_tokens.find_by_digest", "select", kToken, R"sql(
      from personal_access_tokens as tokens
      join users on users.id = tokens.user_id
     where tokens.token_digest = :digest)sql");

constexpr db::Query kTouch{
    "personal_access_tokens.touch",
    R"sql(
    update personal_access_tokens
       set last_used_at = :now
     where id = :id
       and (last_used_at is null or last_used_at < :now))sql",
    db::Access::write,
};

constexpr db::Query kAdd{
    "personal_access_tokens.add",
    R"sql(
    insert into personal_access_tokens (user_id, name, token_digest, scopes, expires_at,
                                        created_at, updated_at)
    values (:user_id, :name, :digest, :scopes, :expires_at, :now, :now))sql",
    db::Access::write,
};

constexpr db::Query kIsExpiryRequired{"personal_access_tokens.is_expiry_required", R"sql(
    select case when require_personal_access_token_expiry then 1 else 0 end
      from application_settings
     where id = 1)sql"};

}  // namespace

std::optional<PersonalAccessToken> PersonalAccessTokenStore::find_by_digest(std::string_view digest
) {
    const std::string wanted{digest};
    return session_.fetch_row(kFindByDigest, soci::use(wanted, "digest"));
}

void PersonalAccessTokenStore::add(const NewPersonalAccessToken& token, Timestamp now) {
    session_.execute(
        kAdd,
        soci::use(token.user_id.value, "user_id"),
        soci::use(token.name, "name"),
        soci::use(token.digest, "digest"),
        soci::use(token.scopes, "scopes"),
        soci::use(token.expires_at, "expires_at"),
        soci::use(now, "now")
    );
}

bool PersonalAccessTokenStore::is_expiry_required() {
    bool is_required = true;
    session_.fetch_one(kIsExpiryRequired, soci::into(is_required));
    return is_required;
}

void PersonalAccessTokenStore::touch(PersonalAccessTokenId id, Timestamp now) {
    session_.execute(kTouch, soci::use(id.value, "id"), soci::use(now, "now"));
}

}  // namespace innergate::handlers
