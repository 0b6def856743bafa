// What identity providers and testers ask before anything else (RFC 7644 section 4): the same for
// every group and the instance, but for the addresses.
#pragma once

#include <optional>
#include <string>

#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "app/routing/scope.hpp"
#include "handlers/domain/scim/schema.hpp"
#include "handlers/scim/list_response.hpp"

namespace innergate::handlers::scim {

struct DiscoveryRequest {
    std::optional<std::string> filter;
};

inline constexpr auto kDiscoveryParams = params::schema<DiscoveryRequest>(
    params::optional("filter", &DiscoveryRequest::filter, "Refused: there is nothing to search")
);

struct DescriptionRequest {
    std::string id;
    std::optional<std::string> filter;
};

inline constexpr auto kDescriptionParams = params::schema<DescriptionRequest>(
    params::required("id", &DescriptionRequest::id, "Name of the resource type, URN of the schema"),
    params::optional("filter", &DescriptionRequest::filter, "Refused: there is nothing to search")
);

struct ServiceProviderConfig {
    std::string base_url;
};
void write_json(json::Writer& writer, const ServiceProviderConfig& config);

/// Users only: testers would exercise others.
struct ResourceType {
    std::string base_url;
};
void write_json(json::Writer& writer, const ResourceType& type);

struct SchemaResource {
    const domain::scim::Schema* schema;  ///< a constant
    std::string base_url;
};
void write_json(json::Writer& writer, const SchemaResource& resource);

/// Errors of all: forbidden where a filter is given (RFC 7644 section 4).
[[nodiscard]] Result<ServiceProviderConfig> show_service_provider_config(
    const DiscoveryRequest& request, const routing::RequestUrl& url
);
[[nodiscard]] Result<ListResponse<ResourceType>> list_resource_types(
    const DiscoveryRequest& request, const routing::RequestUrl& url
);
[[nodiscard]] Result<ListResponse<SchemaResource>> list_schemas(
    const DiscoveryRequest& request, const routing::RequestUrl& url
);

/// Errors: not_found besides. Ids count in any case.
[[nodiscard]] Result<ResourceType> show_resource_type(
    const DescriptionRequest& request, const routing::RequestUrl& url
);
[[nodiscard]] Result<SchemaResource> show_schema(
    const DescriptionRequest& request, const routing::RequestUrl& url
);

}  // namespace innergate::handlers::scim
