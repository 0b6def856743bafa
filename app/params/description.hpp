// What a parameter is, for the OpenAPI document and --print-routes.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace innergate::params {

enum class Type {
    string,
    integer,
    boolean,
    date,
    timestamp,
    record_id,
    string_array,
    integer_array,
    object,
    object_array,
};

enum class Need { optional, required };

struct Description {
    std::string_view name;
    Type type = Type::string;
    Need need = Need::optional;
    std::string_view doc;
    std::span<const Description> members = {};  ///< of an object, or of each object of a list
    std::size_t max_elements = 0;               ///< of a list; each list has its limit
    std::size_t max_bytes = 0;                  ///< of a text; 0: what its body may have
};

[[nodiscard]] constexpr bool is_list(Type type) {
    return type == Type::string_array || type == Type::integer_array || type == Type::object_array;
}

[[nodiscard]] constexpr std::string_view to_string(Type type) {
    switch (type) {
        case Type::string:
            return "string";
        case Type::integer:
            return "integer";
        case Type::boolean:
            return "boolean";
        case Type::date:
            return "date";
        case Type::timestamp:
            return "timestamp";
        case Type::record_id:
            return "id";
        case Type::string_array:
            return "string[]";
        case Type::integer_array:
            return "integer[]";
        case Type::object:
            return "object";
        case Type::object_array:
            return "object[]";
    }
    return {};
}

}  // namespace innergate::params
