#include "handlers/scim/discovery.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "handlers/scim/show_user.hpp"

namespace innergate::handlers::scim {
namespace {

using domain::scim::Schema;

Result<void> require_no_filter(const std::optional<std::string>& filter) {
    if (filter) {
        return failure(ErrorCode::forbidden, "A filter is not permitted here");
    }
    return {};
}

/// The URL before the collection, as the client wrote it. It need not be a group's.
std::string base_of(const routing::RequestUrl& url, std::string_view collection) {
    return url.value.substr(0, url.value.rfind(fmt::format("/{}", collection)));
}

template <class Resource>
ListResponse<Resource> whole_list(std::vector<Resource> resources) {
    const auto count = static_cast<long long>(resources.size());
    return {
        .total = count,
        .items_per_page = count,
        .start_index = 1,
        .resources = std::move(resources)};
}

}  // namespace

Result<ServiceProviderConfig> show_service_provider_config(
    const DiscoveryRequest& request, const routing::RequestUrl& url
) {
    return require_no_filter(request.filter).map([&] {
        return ServiceProviderConfig{base_of(url, "ServiceProviderConfig")};
    });
}

Result<ListResponse<ResourceType>> list_resource_types(
    const DiscoveryRequest& request, const routing::RequestUrl& url
) {
    return require_no_filter(request.filter).map([&] {
        return whole_list(std::vector{ResourceType{base_of(url, "ResourceTypes")}});
    });
}

Result<ListResponse<SchemaResource>> list_schemas(
    const DiscoveryRequest& request, const routing::RequestUrl& url
) {
    return require_no_filter(request.filter).map([&] {
        std::vector<SchemaResource> resources;
        for (const Schema& schema : domain::scim::schemas()) {
            resources.push_back({&schema, base_of(url, "Schemas")});
        }
        return whole_list(std::move(resources));
    });
}

Result<ResourceType> show_resource_type(
    const DescriptionRequest& request, const routing::RequestUrl& url
) {
    if (auto permitted = require_no_filter(request.filter); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    if (!ascii::equal_ignoring_case(request.id, "User")) {
        return no_such_resource(request.id);
    }
    return ResourceType{base_of(url, "ResourceTypes")};
}

Result<SchemaResource> show_schema(
    const DescriptionRequest& request, const routing::RequestUrl& url
) {
    if (auto permitted = require_no_filter(request.filter); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    const auto all = domain::scim::schemas();
    const auto found = std::ranges::find_if(all, [&request](const Schema& schema) {
        return ascii::equal_ignoring_case(schema.id, request.id);
    });
    if (found == all.end()) {
        return no_such_resource(request.id);
    }
    return SchemaResource{&*found, base_of(url, "Schemas")};
}

}  // namespace innergate::handlers::scim
