#include "handlers/domain/scim/schema.hpp"

#include <array>

#include "handlers/domain/scim/attribute.hpp"

namespace innergate::handlers::domain::scim {
namespace {

constexpr std::string_view kBoolean = "boolean";
constexpr std::string_view kComplex = "complex";
constexpr std::string_view kInteger = "integer";
constexpr std::string_view kReference = "reference";
constexpr std::string_view kImmutable = "immutable";
constexpr std::string_view kReadWrite = "readWrite";
constexpr std::string_view kServer = "server";

constexpr std::array<std::string_view, 1> kWork{"work"};
constexpr std::array<std::string_view, 1> kExternal{"external"};
constexpr std::array<std::string_view, 1> kUri{"uri"};

// What a provider may set only when it creates the user is immutable; what is required and can be
// changed stays required, so that nobody removes it.
constexpr std::array kNameParts{
    SchemaAttribute{
        .name = "formatted",
        .description = "The full name",
        .is_required = true,
        .mutability = kImmutable},
    SchemaAttribute{
        .name = "familyName", .description = "The family name", .mutability = kImmutable},
    SchemaAttribute{.name = "givenName", .description = "The given name", .mutability = kImmutable},
};

constexpr std::array kEmailParts{
    SchemaAttribute{
        .name = "value",
        .description = "The address",
        .is_required = true,
        .mutability = kImmutable,
        .uniqueness = kServer},
    SchemaAttribute{
        .name = "type",
        .description = "What the address is for",
        .mutability = kImmutable,
        .canonical_values = kWork},
    SchemaAttribute{
        .name = "primary",
        .type = kBoolean,
        .description = "Whether it is the preferred address",
        .mutability = kImmutable},
};

constexpr std::array kUserAttributes{
    SchemaAttribute{
        .name = "externalId",
        .description = "The identity provider's id of the user; the same as id",
        .is_required = true,
        .mutability = kReadWrite,
        .uniqueness = kServer},
    SchemaAttribute{
        .name = "userName",
        .description = "The name by which the identity provider knows the user",
        .is_required = true,
        .mutability = kImmutable,
        .uniqueness = kServer},
    SchemaAttribute{
        .name = "name",
        .type = kComplex,
        .description = "The parts of the user's name",
        .is_required = true,
        .mutability = kImmutable,
        .sub_attributes = kNameParts},
    SchemaAttribute{.name = "displayName", .description = "The name as it is shown"},
    SchemaAttribute{
        .name = "emails",
        .type = kComplex,
        .description = "The address of the account",
        .is_multi_valued = true,
        .is_required = true,
        .mutability = kImmutable,
        .sub_attributes = kEmailParts},
    SchemaAttribute{
        .name = "active",
        .type = kBoolean,
        .description = "Whether the user has access",
        .is_required = true,
        .mutability = kReadWrite},
    SchemaAttribute{
        .name = "nickName",
        .description = "Kept for the identity provider",
        .mutability = kReadWrite},
    SchemaAttribute{
        .name = "title", .description = "Kept for the identity provider", .mutability = kReadWrite},
    SchemaAttribute{
        .name = "userType",
        .description = "Kept for the identity provider",
        .mutability = kReadWrite},
    SchemaAttribute{
        .name = "preferredLanguage",
        .description = "Kept for the identity provider",
        .mutability = kReadWrite},
    SchemaAttribute{
        .name = "locale",
        .description = "Kept for the identity provider",
        .mutability = kReadWrite},
    SchemaAttribute{
        .name = "timezone",
        .description = "Kept for the identity provider",
        .mutability = kReadWrite},
    // The RFC does not allow this name. It is GitLab's own key, and is listed because strict
    // clients refuse a user with a key that no schema names.
    SchemaAttribute{.name = "name.formatted", .description = "The full name once more"},
};

constexpr std::array kSupported{SchemaAttribute{
    .name = "supported",
    .type = kBoolean,
    .description = "Whether it is offered",
    .is_required = true}};

constexpr std::array kBulkParts{
    kSupported[0],
    SchemaAttribute{
        .name = "maxOperations",
        .type = kInteger,
        .description = "The most operations of one request",
        .is_required = true},
    SchemaAttribute{
        .name = "maxPayloadSize",
        .type = kInteger,
        .description = "The largest request in bytes",
        .is_required = true},
};

constexpr std::array kFilterParts{
    kSupported[0],
    SchemaAttribute{
        .name = "maxResults",
        .type = kInteger,
        .description = "The most resources of one answer",
        .is_required = true},
};

constexpr std::array kSchemeParts{
    SchemaAttribute{
        .name = "type", .description = "How requests are authenticated", .is_required = true},
    SchemaAttribute{.name = "name", .description = "The scheme's name", .is_required = true},
    SchemaAttribute{.name = "description", .description = "What it is", .is_required = true},
    SchemaAttribute{
        .name = "specUri",
        .type = kReference,
        .description = "Its specification",
        .reference_types = kExternal},
    SchemaAttribute{
        .name = "primary", .type = kBoolean, .description = "Whether it is the preferred one"},
};

constexpr std::array kServiceProviderAttributes{
    SchemaAttribute{
        .name = "documentationUri",
        .type = kReference,
        .description = "Help for people",
        .reference_types = kExternal},
    SchemaAttribute{
        .name = "patch",
        .type = kComplex,
        .description = "Changes by PATCH",
        .is_required = true,
        .sub_attributes = kSupported},
    SchemaAttribute{
        .name = "bulk",
        .type = kComplex,
        .description = "Several operations in one request",
        .is_required = true,
        .sub_attributes = kBulkParts},
    SchemaAttribute{
        .name = "filter",
        .type = kComplex,
        .description = "Search by filters",
        .is_required = true,
        .sub_attributes = kFilterParts},
    SchemaAttribute{
        .name = "changePassword",
        .type = kComplex,
        .description = "Changes of passwords",
        .is_required = true,
        .sub_attributes = kSupported},
    SchemaAttribute{
        .name = "sort",
        .type = kComplex,
        .description = "Sorted lists",
        .is_required = true,
        .sub_attributes = kSupported},
    SchemaAttribute{
        .name = "etag",
        .type = kComplex,
        .description = "Versions of resources",
        .is_required = true,
        .sub_attributes = kSupported},
    SchemaAttribute{
        .name = "authenticationSchemes",
        .type = kComplex,
        .description = "How requests are authenticated",
        .is_multi_valued = true,
        .is_required = true,
        .sub_attributes = kSchemeParts},
};

constexpr std::array kExtensionParts{
    SchemaAttribute{
        .name = "schema",
        .type = kReference,
        .description = "The extension's schema",
        .is_required = true,
        .is_case_exact = true,
        .reference_types = kUri},
    SchemaAttribute{
        .name = "required",
        .type = kBoolean,
        .description = "Whether resources must have it",
        .is_required = true},
};

constexpr std::array kResourceTypeAttributes{
    SchemaAttribute{.name = "id", .description = "The type's id"},
    SchemaAttribute{.name = "name", .description = "The type's name", .is_required = true},
    SchemaAttribute{.name = "description", .description = "What it is"},
    SchemaAttribute{
        .name = "endpoint",
        .type = kReference,
        .description = "Where its resources are, below the base",
        .is_required = true,
        .reference_types = kUri},
    SchemaAttribute{
        .name = "schema",
        .type = kReference,
        .description = "Its schema",
        .is_required = true,
        .is_case_exact = true,
        .reference_types = kUri},
    SchemaAttribute{
        .name = "schemaExtensions",
        .type = kComplex,
        .description = "What resources may have besides",
        .is_multi_valued = true,
        .sub_attributes = kExtensionParts},
};

constexpr std::array kAttributeParts{
    SchemaAttribute{
        .name = "name",
        .description = "The attribute's name",
        .is_required = true,
        .is_case_exact = true},
    SchemaAttribute{.name = "type", .description = "What values are", .is_required = true},
    SchemaAttribute{
        .name = "multiValued",
        .type = kBoolean,
        .description = "Whether there may be several",
        .is_required = true},
    SchemaAttribute{.name = "description", .description = "What it is"},
    SchemaAttribute{
        .name = "required", .type = kBoolean, .description = "Whether it must be there"},
    SchemaAttribute{
        .name = "canonicalValues",
        .description = "Values that are known",
        .is_multi_valued = true,
        .is_case_exact = true},
    SchemaAttribute{.name = "caseExact", .type = kBoolean, .description = "Whether case counts"},
    SchemaAttribute{
        .name = "mutability", .description = "When it may be set", .is_case_exact = true},
    SchemaAttribute{.name = "returned", .description = "When it is shown", .is_case_exact = true},
    SchemaAttribute{
        .name = "uniqueness", .description = "Among what it is unique", .is_case_exact = true},
    SchemaAttribute{
        .name = "referenceTypes",
        .description = "What a reference may point to",
        .is_multi_valued = true,
        .is_case_exact = true},
    SchemaAttribute{
        .name = "subAttributes",
        .type = kComplex,
        .description = "The parts of a complex attribute, described alike",
        .is_multi_valued = true},
};

constexpr std::array kSchemaAttributes{
    SchemaAttribute{.name = "id", .description = "The schema's URN", .is_required = true},
    SchemaAttribute{.name = "name", .description = "The schema's name", .is_required = true},
    SchemaAttribute{.name = "description", .description = "What it describes"},
    SchemaAttribute{
        .name = "attributes",
        .type = kComplex,
        .description = "The attributes of resources",
        .is_multi_valued = true,
        .is_required = true,
        .sub_attributes = kAttributeParts},
};

constexpr std::array kSchemas{
    Schema{kUserSchema, "User", "A person with an account", kUserAttributes},
    Schema{
        "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
        "ServiceProviderConfig",
        "What this service offers",
        kServiceProviderAttributes},
    Schema{
        "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
        "ResourceType",
        "A kind of resource",
        kResourceTypeAttributes},
    Schema{
        "urn:ietf:params:scim:schemas:core:2.0:Schema",
        "Schema",
        "The attributes of a kind of resource",
        kSchemaAttributes},
};

}  // namespace

std::span<const Schema> schemas() {
    return kSchemas;
}

}  // namespace innergate::handlers::domain::scim
