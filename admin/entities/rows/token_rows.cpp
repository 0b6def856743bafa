#include "admin/entities/rows/token_rows.hpp"

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFindPersonalAccessToken{
    "token_rows.has_personal_access_token",
    "select id from personal_access_tokens where token_digest = :digest and not revoked"};

}  // namespace

bool has_personal_access_token(Database& database, const std::string& digest) {
    long long id = 0;
    return database.session().fetch_one(
        kFindPersonalAccessToken, soci::use(digest, "digest"), soci::into(id)
    );
}

}  // namespace innergate::admin::rows
