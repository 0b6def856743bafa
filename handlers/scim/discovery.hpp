// What identity providers and test tools ask before anything else (RFC 7644 section 4). The answers
// are the same for every group and the instance, except for the addresses.
#pragma once

#include <array>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/routing/scope.hpp"
#include "handlers/domain/scim/attribute.hpp"
#include "handlers/domain/scim/schema.hpp"
#include "handlers/scim/list_response.hpp"
#include "handlers/scim/schemas_member.hpp"

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

namespace detail {

/// `location` is an accessor of the document's address.
template <class Get>
constexpr auto meta_member(std::string_view type, Get location) {
    return shape::nested(
        "meta",
        "What is said of every resource",
        shape::constant("resourceType", type, "What this document is"),
        shape::member("location", location, shape::Doc{"The address of this document", "uri"})
    );
}

constexpr auto feature(std::string_view name, shape::Doc doc, bool is_supported) {
    return shape::nested(
        name, doc, shape::constant("supported", is_supported, "Whether it is offered")
    );
}

}  // namespace detail

/// The only way to authenticate.
struct AuthenticationScheme {};

constexpr auto shape_of(std::type_identity<AuthenticationScheme> /*type*/) {
    return shape::object<AuthenticationScheme>(
        shape::constant("type", "oauthbearertoken", "The kind of the scheme"),
        shape::constant("name", "SCIM token", "The scheme's name"),
        shape::constant(
            "description",
            "A token made for the group or the instance, as bearer token",
            "What it is"
        ),
        shape::constant("specUri", "https://www.rfc-editor.org/rfc/rfc6750", "Its specification"),
        shape::constant("primary", true, "Whether it is the preferred one")
    );
}

struct ServiceProviderConfig {
    std::string base_url;
};

constexpr auto shape_of(std::type_identity<ServiceProviderConfig> /*type*/) {
    constexpr int kMaxResults = 100;
    return shape::object<ServiceProviderConfig>(
        schemas_member(
            "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
            "Always `urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig`"
        ),
        detail::feature("patch", "Changes by PATCH", true),
        shape::nested(
            "bulk",
            "Several operations in one request",
            shape::constant("supported", false, "Whether it is offered"),
            shape::constant("maxOperations", 0, "The most operations of one request"),
            shape::constant("maxPayloadSize", 0, "The largest request in bytes")
        ),
        shape::nested(
            "filter",
            "Search by filters",
            shape::constant("supported", true, "Whether it is offered"),
            shape::constant("maxResults", kMaxResults, "The most resources of one answer")
        ),
        detail::feature("changePassword", "Changes of passwords", false),
        detail::feature("sort", "Sorted lists", true),
        detail::feature("etag", "Versions of resources", true),
        shape::member(
            "authenticationSchemes",
            [](const ServiceProviderConfig& /*config*/) {
                return std::array{AuthenticationScheme{}};
            },
            "How requests are authenticated"
        ),
        detail::meta_member(
            "ServiceProviderConfig",
            [](const ServiceProviderConfig& config) {
                return config.base_url + "/ServiceProviderConfig";
            }
        )
    );
}

/// Only users are listed: test tools would exercise any other type.
struct ResourceType {
    std::string base_url;
};

constexpr auto shape_of(std::type_identity<ResourceType> /*type*/) {
    return shape::object<ResourceType>(
        schemas_member(
            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
            "Always `urn:ietf:params:scim:schemas:core:2.0:ResourceType`"
        ),
        shape::constant("id", "User", "The type's id"),
        shape::constant("name", "User", "The type's name"),
        shape::constant("description", "A person with an account", "What it is"),
        shape::constant("endpoint", "/Users", "Where its resources are, below the base"),
        shape::constant("schema", domain::scim::kUserSchema, "Its schema"),
        shape::member(
            "schemaExtensions",
            [](const ResourceType& /*type*/) { return std::array<std::string_view, 0>{}; },
            "What resources may have besides: always empty"
        ),
        detail::meta_member(
            "ResourceType",
            [](const ResourceType& type) { return type.base_url + "/ResourceTypes/User"; }
        )
    );
}

/// A part of an attribute; it has no parts itself (RFC 7643 section 2.3.8).
struct SubAttribute : domain::scim::SchemaAttribute {};

namespace detail {

/// `more`: members besides.
template <class Attribute, class... More>
constexpr auto attribute_shape(More... more) {
    constexpr auto kIsText = [](const Attribute& attribute) {
        return attribute.type == "string" || attribute.type == "reference";
    };
    return shape::object<Attribute>(
        shape::member("name", &Attribute::name, "The attribute's name"),
        shape::member(
            "type",
            &Attribute::type,
            shape::Doc{"What values are"}.one_of(
                "string", "boolean", "integer", "reference", "complex"
            )
        ),
        shape::member("multiValued", &Attribute::is_multi_valued, "Whether there may be several"),
        shape::member("description", &Attribute::description, "What it is"),
        shape::member("required", &Attribute::is_required, "Whether it must be there"),
        shape::optional_member(
            "canonicalValues", &Attribute::canonical_values, "Values that are known"
        ),
        shape::optional_member(
            "caseExact",
            [kIsText](const Attribute& attribute) {
                return kIsText(attribute) ? std::optional{attribute.is_case_exact} : std::nullopt;
            },
            "Whether case counts; of texts and references only"
        ),
        shape::member(
            "mutability",
            &Attribute::mutability,
            shape::Doc{"When it may be set"}.one_of("readOnly", "readWrite", "immutable")
        ),
        shape::constant("returned", "default", "When it is shown"),
        shape::optional_member(
            "uniqueness",
            [kIsText](const Attribute& attribute) {
                return kIsText(attribute) ? std::optional{attribute.uniqueness} : std::nullopt;
            },
            shape::Doc{"Among what it is unique; of texts and references only"}.one_of(
                "none", "server"
            )
        ),
        shape::optional_member(
            "referenceTypes", &Attribute::reference_types, "What a reference may point to"
        ),
        more...
    );
}

}  // namespace detail

constexpr auto shape_of(std::type_identity<SubAttribute> /*type*/) {
    return detail::attribute_shape<SubAttribute>();
}

}  // namespace innergate::handlers::scim

namespace innergate::handlers::domain::scim {

constexpr auto shape_of(std::type_identity<SchemaAttribute> /*type*/) {
    return handlers::scim::detail::attribute_shape<SchemaAttribute>(shape::optional_member(
        "subAttributes",
        [](const SchemaAttribute& attribute) {
            return std::views::transform(attribute.sub_attributes, [](const SchemaAttribute& part) {
                return handlers::scim::SubAttribute{part};
            });
        },
        "The parts of a complex attribute, described alike"
    ));
}

}  // namespace innergate::handlers::domain::scim

namespace innergate::handlers::scim {

struct SchemaResource {
    const domain::scim::Schema* schema;  ///< a constant
    std::string base_url;
};

constexpr auto shape_of(std::type_identity<SchemaResource> /*type*/) {
    return shape::object<SchemaResource>(
        schemas_member(
            "urn:ietf:params:scim:schemas:core:2.0:Schema",
            "Always `urn:ietf:params:scim:schemas:core:2.0:Schema`"
        ),
        shape::member(
            "id",
            [](const SchemaResource& resource) { return resource.schema->id; },
            "The schema's URN"
        ),
        shape::member(
            "name",
            [](const SchemaResource& resource) { return resource.schema->name; },
            "The schema's name"
        ),
        shape::member(
            "description",
            [](const SchemaResource& resource) { return resource.schema->description; },
            "What it describes"
        ),
        shape::member(
            "attributes",
            [](const SchemaResource& resource) { return resource.schema->attributes; },
            "The attributes of resources"
        ),
        detail::meta_member(
            "Schema",
            [](const SchemaResource& resource) {
                return resource.base_url + "/Schemas/" + std::string{resource.schema->id};
            }
        )
    );
}

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

/// Errors: also not_found. The case of an id does not matter.
[[nodiscard]] Result<ResourceType> show_resource_type(
    const DescriptionRequest& request, const routing::RequestUrl& url
);
[[nodiscard]] Result<SchemaResource> show_schema(
    const DescriptionRequest& request, const routing::RequestUrl& url
);

}  // namespace innergate::handlers::scim
