// The member that all documents of SCIM begin with (RFC 7643 section 3.1).
#pragma once

#include <array>
#include <string_view>

#include "app/json/shape.hpp"

namespace innergate::handlers::scim {

/// `urn` is a constant that says what the document is. There is only one.
constexpr auto schemas_member(std::string_view urn, shape::Doc doc) {
    return shape::member(
        "schemas", [urn](const auto& /*document*/) { return std::array{urn}; }, doc
    );
}

}  // namespace innergate::handlers::scim
