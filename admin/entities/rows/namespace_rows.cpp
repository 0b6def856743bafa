#include "admin/entities/rows/namespace_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFind{
    "admin.find_namespace",
    "select source_namespace_id from routes where lower(path) = lower(cast(:path as text)) and "
    "source_namespace_id is not null",
};

constexpr db::Query kFindPersonal{
    "admin.find_personal_namespace",
    "select id from namespaces where owner_id = :id and type = 'User' order by id limit 1",
};

}  // namespace

std::optional<long long> find_namespace(Database& database, const std::string& full_path) {
    long long id = 0;
    const bool is_found =
        database.session().fetch_one(kFind, soci::use(full_path, "path"), soci::into(id));
    return is_found ? std::optional{id} : std::nullopt;
}

std::optional<long long> find_personal_namespace(Database& database, long long user_id) {
    long long id = 0;
    const bool is_found =
        database.session().fetch_one(kFindPersonal, soci::use(user_id, "id"), soci::into(id));
    return is_found ? std::optional{id} : std::nullopt;
}

}  // namespace innergate::admin::rows
