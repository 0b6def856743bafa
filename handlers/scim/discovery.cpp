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
using domain::scim::SchemaAttribute;

constexpr std::string_view kCore = "urn:ietf:params:scim:schemas:core:2.0:";
constexpr int kMaxResults = 100;

Result<void> require_no_filter(const std::optional<std::string>& filter) {
    if (filter) {
        return failure(ErrorCode::forbidden, "A filter is not permitted here");
    }
    return {};
}

/// What stands before the collection, as the client wrote it: it need not be a group's.
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

void write_texts(
    json::Writer& writer, std::string_view name, std::span<const std::string_view> texts
) {
    writer.key(name);
    writer.begin_array();
    for (const std::string_view text : texts) {
        writer.value(text);
    }
    writer.end_array();
}

void write_schemas_member(json::Writer& writer, std::string_view name) {
    writer.key("schemas");
    writer.begin_array();
    writer.value(fmt::format("{}{}", kCore, name));
    writer.end_array();
}

void write_meta(json::Writer& writer, std::string_view type, const std::string& location) {
    writer.key("meta");
    writer.begin_object();
    writer.member("resourceType", type);
    writer.member("location", location);
    writer.end_object();
}

void write_supported(json::Writer& writer, std::string_view feature, bool is_supported) {
    writer.key(feature);
    writer.begin_object();
    writer.member("supported", is_supported);
    writer.end_object();
}

void write_bulk_and_filter(json::Writer& writer) {
    writer.key("bulk");
    writer.begin_object();
    writer.member("supported", false);
    writer.member("maxOperations", 0);
    writer.member("maxPayloadSize", 0);
    writer.end_object();
    writer.key("filter");
    writer.begin_object();
    writer.member("supported", true);
    writer.member("maxResults", kMaxResults);
    writer.end_object();
}

void write_attribute(json::Writer& writer, const SchemaAttribute& attribute) {
    writer.begin_object();
    writer.member("name", attribute.name);
    writer.member("type", attribute.type);
    writer.member("multiValued", attribute.is_multi_valued);
    writer.member("description", attribute.description);
    writer.member("required", attribute.is_required);
    if (!attribute.canonical_values.empty()) {
        write_texts(writer, "canonicalValues", attribute.canonical_values);
    }
    const bool is_text = attribute.type == "string" || attribute.type == "reference";
    if (is_text) {
        writer.member("caseExact", attribute.is_case_exact);
    }
    writer.member("mutability", attribute.mutability);
    writer.member("returned", "default");
    if (is_text) {
        writer.member("uniqueness", attribute.uniqueness);
    }
    if (!attribute.reference_types.empty()) {
        write_texts(writer, "referenceTypes", attribute.reference_types);
    }
    if (!attribute.sub_attributes.empty()) {
        writer.key("subAttributes");
        writer.begin_array();
        for (const SchemaAttribute& part : attribute.sub_attributes) {
            write_attribute(writer, part);
        }
        writer.end_array();
    }
    writer.end_object();
}

}  // namespace

void write_json(json::Writer& writer, const ServiceProviderConfig& config) {
    writer.begin_object();
    write_schemas_member(writer, "ServiceProviderConfig");
    write_supported(writer, "patch", true);
    write_bulk_and_filter(writer);
    write_supported(writer, "changePassword", false);
    write_supported(writer, "sort", true);
    write_supported(writer, "etag", true);
    writer.key("authenticationSchemes");
    writer.begin_array();
    writer.begin_object();
    writer.member("type", "oauthbearertoken");
    writer.member("name", "SCIM token");
    writer.member("description", "A token made for the group or the instance, as bearer token");
    writer.member("specUri", "https://www.rfc-editor.org/rfc/rfc6750");
    writer.member("primary", true);
    writer.end_object();
    writer.end_array();
    write_meta(writer, "ServiceProviderConfig", config.base_url + "/ServiceProviderConfig");
    writer.end_object();
}

void write_json(json::Writer& writer, const ResourceType& type) {
    writer.begin_object();
    write_schemas_member(writer, "ResourceType");
    writer.member("id", "User");
    writer.member("name", "User");
    writer.member("description", "A person with an account");
    writer.member("endpoint", "/Users");
    writer.member("schema", domain::scim::kUserSchema);
    writer.key("schemaExtensions");
    writer.begin_array();
    writer.end_array();
    write_meta(writer, "ResourceType", type.base_url + "/ResourceTypes/User");
    writer.end_object();
}

void write_json(json::Writer& writer, const SchemaResource& resource) {
    const Schema& schema = *resource.schema;
    writer.begin_object();
    write_schemas_member(writer, "Schema");
    writer.member("id", schema.id);
    writer.member("name", schema.name);
    writer.member("description", schema.description);
    writer.key("attributes");
    writer.begin_array();
    for (const SchemaAttribute& attribute : schema.attributes) {
        write_attribute(writer, attribute);
    }
    writer.end_array();
    write_meta(writer, "Schema", fmt::format("{}/Schemas/{}", resource.base_url, schema.id));
    writer.end_object();
}

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
