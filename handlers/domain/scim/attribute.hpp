// Attributes of SCIM's User (RFC 7643 section 4.1) as filters and selections name them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace innergate::handlers::domain::scim {

inline constexpr std::string_view kUserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view kEnterpriseSchema =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

enum class Attribute {
    id,  ///< and externalId, which is the same
    user_name,
    formatted_name,  ///< name, name.formatted and displayName
    given_name,
    family_name,
    email,
    email_type,
    email_primary,
    active,
    created,
    last_modified,
    resource_type,
    schemas,
    nick_name,
    title,
    user_type,
    preferred_language,
    locale,
    timezone,
    unset,  ///< one that the schema knows and nobody has here, such as phoneNumbers
};

enum class AttributeType { string, boolean, date_time };

[[nodiscard]] AttributeType type_of(Attribute attribute);

/// A path to an attribute of a user, or to a part of it.
struct AttributePath {
    std::string name;  ///< as written, without the schema's URN: `emails`
    std::string sub;   ///< as written; empty: none
    bool is_enterprise = false;
};

/// ATTRNAME of RFC 7643 section 2.1; `$ref` is one too.
[[nodiscard]] bool is_attribute_name(std::string_view text);

/// `userName`, `name.givenName`, `urn:ietf:params:scim:schemas:core:2.0:User:emails.value`.
/// Nothing: not of that form (RFC 7644 figure 7).
[[nodiscard]] std::optional<AttributePath> parse_attribute_path(std::string_view text);

/// Names are compared without their case. Nothing: unknown, or not to be asked for (password).
[[nodiscard]] std::optional<Attribute> find_attribute(const AttributePath& path);

/// Whether the attribute has parts that a filter in brackets may look at.
[[nodiscard]] bool is_complex(std::string_view name);

}  // namespace innergate::handlers::domain::scim
