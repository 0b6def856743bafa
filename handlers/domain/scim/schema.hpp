// The schemas that are published (RFC 7643 section 7): of users, and of the documents that describe
// the service. Conformance testers make their requests from these, so they must be true.
#pragma once

#include <span>
#include <string_view>

namespace innergate::handlers::domain::scim {

struct SchemaAttribute {
    std::string_view name;
    std::string_view type = "string";
    std::string_view description;
    bool is_multi_valued = false;
    bool is_required = false;
    std::string_view mutability = "readOnly";
    std::string_view uniqueness = "none";  ///< of texts and references only
    bool is_case_exact = false;            ///< likewise
    std::span<const std::string_view> canonical_values = {};
    std::span<const std::string_view> reference_types = {};
    std::span<const SchemaAttribute> sub_attributes = {};
};

struct Schema {
    std::string_view id;  ///< its URN
    std::string_view name;
    std::string_view description;
    std::span<const SchemaAttribute> attributes;
};

[[nodiscard]] std::span<const Schema> schemas();

}  // namespace innergate::handlers::domain::scim
