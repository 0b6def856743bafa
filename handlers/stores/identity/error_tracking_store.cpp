#include "handlers/stores/identity/error_tracking_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kAccessTokenDigest{"error_tracking.access_token_digest", R"sql(
    select coalesce(error_tracking_access_token_digest, '')
      from application_settings
     where id = 1)sql"};

constexpr db::Query kFind{"error_tracking.find", R"sql(
    select case when settings.error_tracking_enabled then 1 else 0 end,
           case when coalesce(own.enabled, flags.enabled, true) then 1 else 0 end,
           case when exists (
                    select 1
                      from error_tracking_client_keys as client_keys
                     where client_keys.project_id = projects.id
                       and client_keys.public_key = :public_key
                       and client_keys.active
                ) then 1 else 0 end
      from projects
     cross join application_settings as settings
      left join project_feature_flags as own
        on own.project_id = projects.id and own.name = 'gitlab_error_tracking'
      left join feature_flags as flags on flags.name = 'gitlab_error_tracking'
     where projects.id = :project_id
       and settings.id = 1)sql"};

}  // namespace

std::string ErrorTrackingStore::access_token_digest() {
    std::string digest;
    session_.fetch_one(kAccessTokenDigest, soci::into(digest));
    return digest;
}

std::optional<ErrorTrackingState> ErrorTrackingStore::find(
    ProjectId project_id, const std::string& public_key
) {
    ErrorTrackingState state;
    const bool found = session_.fetch_one(
        kFind,
        soci::use(public_key, "public_key"),
        soci::use(project_id.value, "project_id"),
        soci::into(state.is_on),
        soci::into(state.is_on_for_project),
        soci::into(state.has_active_key)
    );
    return found ? std::optional{state} : std::nullopt;
}

}  // namespace innergate::handlers
