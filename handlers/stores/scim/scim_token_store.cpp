#include "handlers/stores/scim/scim_token_store.hpp"

#include "app/db/session.hpp"
#include "app/written_id.hpp"

namespace innergate::handlers {
namespace {

// A path with a slash names a subgroup, whose route has one too: it is no top-level group's.
constexpr db::Query kFind{"scim_oauth_access_tokens.find", R"sql(
    select tokens.id, tokens.group_id, asked.id, asked.path,
           case when saml_providers.enabled then 1 else 0 end,
           coalesce((select case when saml_enabled then 1 else 0 end
                       from application_settings
                      where id = 1), 1)
      from scim_oauth_access_tokens as tokens
      left join namespaces as asked
        on asked.id = coalesce((
               select routes.source_id
                 from routes
                 join namespaces as named on named.id = routes.source_id and named.type = 'Group'
                where lower(routes.path) = lower(:group_path)
                  and routes.source_type = 'Namespace'
           ), :group_id)
       and asked.type = 'Group'
       and asked.parent_id is null
      left join saml_providers on saml_providers.group_id = asked.id
     where tokens.token_digest = :digest)sql"};

std::optional<NamespaceId> as_id(std::optional<long long> id) {
    return id ? std::optional{NamespaceId{*id}} : std::nullopt;
}

}  // namespace

std::optional<ScimToken> ScimTokenStore::find(
    std::string_view digest, std::string_view group_path
) {
    const std::string wanted{digest};
    const std::string path{group_path};
    const NamespaceId written_id =
        parse_written_id<NamespaceId>(group_path).value_or(NamespaceId::none());
    ScimToken token;
    std::optional<long long> group_id;
    std::optional<long long> asked_id;
    std::optional<std::string> asked_path;
    bool has_sso = false;
    const bool found = session_.fetch_one(
        kFind,
        soci::use(path, "group_path"),
        soci::use(written_id.value, "group_id"),
        soci::use(wanted, "digest"),
        soci::into(token.id.value),
        soci::into(group_id),
        soci::into(asked_id),
        soci::into(asked_path),
        soci::into(has_sso),
        soci::into(token.instance_has_sso)
    );
    if (!found) {
        return std::nullopt;
    }
    token.group_id = as_id(group_id);
    if (asked_id) {
        token.asked_group = {
            .id = NamespaceId{*asked_id},
            .path = std::move(asked_path).value_or(""),
            .has_sso = has_sso};
    }
    return token;
}

}  // namespace innergate::handlers
