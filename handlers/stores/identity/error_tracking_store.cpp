#include "handlers/stores/identity/error_tracking_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kAccessTokenDigest{"error_tracking.access_token_digest", R"sql(
    select coalesce(error_tracking_access_token_digest, '')
      from application_settings
     where id = 1)sql"};

constexpr auto kState = db::columns<ErrorTrackingState>(
    db::flag("settings.error_tracking_enabled", &ErrorTrackingState::is_on),
    db::flag("coalesce(own.enabled, flags.enabled, true)", &ErrorTrackingState::is_on_for_project),
    db::flag(
        R"sql(
               exists (
                    select 1
                      from error_tracking_client_keys as client_keys
                     where client_keys.project_id = projects.id
                       and client_keys.public_key = :public_key
                       and client_keys.active
               ))sql",
        &ErrorTrackingState::has_active_key
    )
);

constexpr auto kFind = db::reading("error_tracking.find", "select", kState, R"sql(
      from projects
     cross join application_settings as settings
      left join project_feature_flags as own
        on own.project_id = projects.id and own.name = 'gitlab_error_tracking'
      left join feature_flags as flags on flags.name = 'gitlab_error_tracking'
     where projects.id = :project_id
       and settings.id = 1)sql");

}  // namespace

std::string ErrorTrackingStore::access_token_digest() {
    std::string digest;
    session_.fetch_one(kAccessTokenDigest, soci::into(digest));
    return digest;
}

std::optional<ErrorTrackingState> ErrorTrackingStore::find(
    ProjectId project_id, const std::string& public_key
) {
    return session_.fetch_row(
        kFind, soci::use(public_key, "public_key"), soci::use(project_id, "project_id")
    );
}

}  // namespace innergate::handlers
