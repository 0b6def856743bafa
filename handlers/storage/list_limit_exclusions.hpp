// GET /namespaces/storage/limit_exclusions: the namespaces that no storage limit holds.
#pragma once

#include <string>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/http/response.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/routing/pagination.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/billing.hpp"
#include "handlers/stores/billing/limit_exclusion_store.hpp"

namespace innergate::handlers::storage {

struct ListLimitExclusionsRequest {
    routing::PageWish wish;
};

inline constexpr auto kListLimitExclusionsParams = params::schema<ListLimitExclusionsRequest>(
    routing::page_number(&ListLimitExclusionsRequest::wish, routing::PageFaults::told),
    routing::page_size(&ListLimitExclusionsRequest::wish, routing::PageFaults::told)
);

struct LimitExclusionList {
    LimitExclusions exclusions;
    routing::PageWish wish;
    std::string url;

    [[nodiscard]] std::vector<http::ResponseField> headers() const {
        return routing::page_headers(wish, exclusions.total, url);
    }
};

constexpr auto shape_of(std::type_identity<LimitExclusionList> /*type*/) {
    return shape::as<LimitExclusionList>([](const LimitExclusionList& list) -> const auto& {
        return list.exclusions.part;
    });
}

/// A page of the exclusions, by id. Errors: as require_exclusions().
[[nodiscard]] Result<LimitExclusionList> list_limit_exclusions(
    const ListLimitExclusionsRequest& request,
    LimitExclusionStore& exclusions,
    const auth::UserCaller& caller,
    const settings::Billing& billing,
    const routing::RequestUrl& url
);

}  // namespace innergate::handlers::storage
