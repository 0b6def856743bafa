#include "admin/entities/rows/error_tracking_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kRead{
    "admin.read_error_tracking",
    "select case when error_tracking_enabled then 1 else 0 end, "
    "coalesce(error_tracking_access_token_digest, '') from application_settings where id = 1"};

constexpr db::Query kSwitchOn{
    "admin.switch_error_tracking_on",
    "update application_settings set error_tracking_enabled = true where id = 1",
    db::Access::write,
};

constexpr db::Query kSwitchOff{
    "admin.switch_error_tracking_off",
    "update application_settings set error_tracking_enabled = false where id = 1",
    db::Access::write,
};

constexpr db::Query kSetToken{
    "admin.set_error_tracking_token",
    "update application_settings set error_tracking_access_token_digest = :digest where id = 1",
    db::Access::write,
};

}  // namespace

ErrorTracking read_error_tracking(Database& database) {
    ErrorTracking read;
    database.session().fetch_one(kRead, soci::into(read.is_enabled), soci::into(read.token_digest));
    return read;
}

void switch_error_tracking(Database& database, Switch position) {
    database.session().execute(position == Switch::on ? kSwitchOn : kSwitchOff);
}

void set_error_tracking_token(Database& database, const std::string& digest) {
    database.session().execute(kSetToken, soci::use(digest, "digest"));
}

}  // namespace innergate::admin::rows
