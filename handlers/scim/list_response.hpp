// Several resources in one answer (RFC 7644 section 3.4.2).
#pragma once

#include <vector>

#include "app/json/shape.hpp"
#include "handlers/scim/schemas_member.hpp"

namespace innergate::handlers::scim {

template <class Resource>
struct ListResponse {
    long long total = 0;           ///< of all that match
    long long items_per_page = 0;  ///< the page size, as GitLab says it; this page may be shorter
    long long start_index = 1;
    std::vector<Resource> resources;
};

template <class Resource>
constexpr auto shape_of(std::type_identity<ListResponse<Resource>> /*type*/) {
    using List = ListResponse<Resource>;
    return shape::object<List>(
        schemas_member(
            "urn:ietf:params:scim:api:messages:2.0:ListResponse",
            "Always `urn:ietf:params:scim:api:messages:2.0:ListResponse`"
        ),
        shape::member("totalResults", &List::total, "How many there are on all pages"),
        shape::member("itemsPerPage", &List::items_per_page, "The size of pages, not of this one"),
        shape::member(
            "startIndex", &List::start_index, "The number of the first one on this page, from 1"
        ),
        shape::member("Resources", &List::resources, "The resources on this page")
    );
}

}  // namespace innergate::handlers::scim
