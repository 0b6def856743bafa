#include "handlers/stores/scim/scim_token_store.hpp"

#include "app/db/session.hpp"
#include "app/written_id.hpp"

namespace innergate::handlers {
namespace {

struct Row {
    ScimToken token;
    std::optional<NamespaceId> asked_id;
    ScimToken::Group asked;
};

constexpr auto kToken = db::columns<ScimToken>(
    db::column("tokens.id", &ScimToken::id),
    db::column("tokens.group_id", &ScimToken::group_id),
    db::column(
        R"sql(
           coalesce((select case when saml_enabled then 1 else 0 end
                       from application_settings
                      where id = 1), 1))sql",
        &ScimToken::instance_has_sso
    )
);

constexpr auto kAsked = db::columns<ScimToken::Group>(
    db::column("coalesce(asked.path, '')", &ScimToken::Group::path),
    db::flag("saml_providers.enabled", &ScimToken::Group::has_sso)
);

constexpr auto kRow = db::columns<Row>(
    db::within(&Row::token, kToken),
    db::column("asked.id", &Row::asked_id),
    db::within(&Row::asked, kAsked)
);

// A path with a slash names a subgroup. The routes of top-level groups have no slash, so it finds
// none.
constexpr auto kFind = db::reading("scim_oauth_access_tokens.find", "select", kRow, R"sql(
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
     where tokens.token_digest = :digest)sql");

}  // namespace

std::optional<ScimToken> ScimTokenStore::find(
    std::string_view digest, std::string_view group_path
) {
    const std::string wanted{digest};
    const std::string path{group_path};
    const NamespaceId written_id =
        parse_written_id<NamespaceId>(group_path).value_or(NamespaceId::none());
    std::optional<Row> row = session_.fetch_row(
        kFind,
        soci::use(path, "group_path"),
        soci::use(written_id, "group_id"),
        soci::use(wanted, "digest")
    );
    if (!row) {
        return std::nullopt;
    }
    if (row->asked_id) {
        row->asked.id = *row->asked_id;
        row->token.asked_group = std::move(row->asked);
    }
    return std::move(row->token);
}

}  // namespace innergate::handlers
