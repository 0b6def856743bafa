// Personal access tokens.
#include <algorithm>
#include <array>
#include <string>

#include "admin/commands/context.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/secrets.hpp"
#include "admin/entities/written.hpp"
#include <fmt/format.h>

#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

// GitLab's documentation, "Personal access token scopes".
constexpr std::array<std::string_view, 15> kScopes{
    "api",
    "read_api",
    "read_user",
    "create_runner",
    "manage_runner",
    "k8s_proxy",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    "read_virtual_registry",
    "write_virtual_registry",
    "ai_features",
    "sudo",
    "admin_mode"};

Written scopes(NewRow& row, const Member& member, const std::string& text) {
    std::string names;
    json::Writer writer{names};
    writer.begin_array();
    Written done = written::each_between_commas(text, [&](const std::string& scope) -> Written {
        if (std::ranges::find(kScopes, scope) == kScopes.end()) {
            return tl::unexpected(fmt::format("'{}' is none of {}", scope, fmt::join(kScopes, ", "))
            );
        }
        writer.value(scope);
        return {};
    });
    writer.end_array();
    row.set(member.written_column(), Cell::Type::json, std::move(names));
    return done;
}

constexpr std::array kMembers{
    shown("id", Kind::bigint),
    shown("user", Kind::text, "users.username")
        .into("user_id")
        .naming(entities::kUser)
        .by_option("--user", "Username, e-mail address or id", written::reference, Need::required)
        .settable(),
    shown("name", Kind::text).by_option("--name", "What it is for", written::text, Need::required),
    shown("scopes", Kind::text, "t.scopes")
        .as_json_array()
        .by_option("--scopes", "Such as api or read_user,read_repository", scopes, Need::required)
        .settable(),
    shown("expires_at", Kind::date)
        .by_option(
            "--expires-at",
            "Day from which on it is void, such as 2030-01-31",
            written::text,
            Need::optional
        ),
    shown("revoked", Kind::boolean),
    shown("last_used_at", Kind::timestamp),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfUser{
    ListOption{"--user", "Only this user's", "user_id", &entities::kUser},
};

void make_secret(const Context& context, NewRow& token) {
    token.secret = new_token(context.settings.tokens.personal_access_token_prefix);
    token.set("token", Cell::Type::text, token.secret);
}

}  // namespace

constexpr Entity entities::kToken{
    .name = "token",
    .description = "Personal access tokens",
    .reference = "id",
    .table = "personal_access_tokens",
    .from = "personal_access_tokens as t join users on users.id = t.user_id",
    .condition = {},
    .called = {},
    .members = kMembers,
    .list = kOfUser,
    .complete = make_secret,
};

}  // namespace innergate::admin
