#include "handlers/storage/list_limit_exclusions.hpp"

#include "handlers/storage/exclusion_access.hpp"

namespace innergate::handlers::storage {

Result<LimitExclusionList> list_limit_exclusions(
    const ListLimitExclusionsRequest& request,
    LimitExclusionStore& exclusions,
    const auth::UserCaller& caller,
    const settings::Billing& billing,
    const routing::RequestUrl& url
) {
    if (auto permitted = require_exclusions(caller, billing); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    return LimitExclusionList{
        .exclusions = exclusions.list(request.wish.per_page, request.wish.offset()),
        .wish = request.wish,
        .url = url.value,
    };
}

}  // namespace innergate::handlers::storage
