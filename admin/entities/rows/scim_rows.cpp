#include "admin/entities/rows/scim_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFindToken{
    "scim_oauth_access_tokens.has",
    "select id from scim_oauth_access_tokens where token_digest = :digest"};

constexpr db::Query kCountTokens{
    "scim_oauth_access_tokens.count", "select count(*) from scim_oauth_access_tokens"};

constexpr db::Query kListGroupsWithoutSso{
    "scim_oauth_access_tokens.list_groups_without_sso",
    R"sql(
    select distinct routes.path
      from scim_oauth_access_tokens as tokens
      join routes on routes.source_namespace_id = tokens.group_id
     where not exists (
               select 1
                 from saml_providers
                where saml_providers.group_id = tokens.group_id
                  and saml_providers.enabled
           )
     order by routes.path)sql"};

constexpr db::Query kFindInstanceWithoutSso{
    "scim_oauth_access_tokens.find_instance_without_sso",
    R"sql(
    select tokens.id
      from scim_oauth_access_tokens as tokens
      join application_settings on application_settings.id = 1
     where tokens.group_id is null
       and not application_settings.saml_enabled
     limit 1)sql"};

constexpr db::Query kFindPath{
    "scim_rows.path_of_group", "select path from routes where source_namespace_id = :id"};

constexpr db::Query kFindPerson{
    "scim_rows.is_person", "select id from users where id = :id and user_type = 0"};

constexpr db::Query kDropAlias{
    "scim_identity_aliases.drop_taken",
    R"sql(
    delete from scim_identity_aliases
     where exists (
               select 1
                 from scim_identities as taker
                where taker.id = :id
                  and coalesce(taker.group_id, 0) = coalesce(scim_identity_aliases.group_id, 0)
                  and lower(taker.extern_uid) = lower(scim_identity_aliases.extern_uid)
           ))sql",
    db::Access::write,
};

}  // namespace

bool has_scim_token(Database& database, const std::string& digest) {
    long long id = 0;
    return database.session().fetch_one(kFindToken, soci::use(digest, "digest"), soci::into(id));
}

ScimTokenUse read_scim_token_use(Database& database) {
    db::Session& session = database.session();
    ScimTokenUse use;
    session.fetch_one(kCountTokens, soci::into(use.count));
    std::string path;
    session.fetch_each(
        kListGroupsWithoutSso, [&] { use.groups_without_sso.push_back(path); }, soci::into(path)
    );
    long long id = 0;
    use.instance_is_without_sso = session.fetch_one(kFindInstanceWithoutSso, soci::into(id));
    return use;
}

std::string path_of_group(Database& database, long long group_id) {
    std::string path;
    database.session().fetch_one(kFindPath, soci::use(group_id, "id"), soci::into(path));
    return path;
}

bool is_person(Database& database, long long user_id) {
    long long id = 0;
    return database.session().fetch_one(kFindPerson, soci::use(user_id, "id"), soci::into(id));
}

void drop_alias_taken_by(Database& database, long long identity_id) {
    database.session().execute(kDropAlias, soci::use(identity_id, "id"));
}

}  // namespace innergate::admin::rows
