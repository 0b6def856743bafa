#include "app/routing/openapi_schema.hpp"

#include <algorithm>

namespace innergate::routing {

void write_parameter_schema(
    json::Writer& writer, params::Type type, Members members, std::size_t max_elements
) {
    if (type == params::Type::object) {
        write_object_schema(writer, members);
        return;
    }
    writer.begin_object();
    switch (type) {
        case params::Type::string:
            writer.member("type", "string");
            break;
        case params::Type::integer:
            writer.member("type", "integer");
            break;
        case params::Type::boolean:
            writer.member("type", "boolean");
            break;
        case params::Type::date:
            writer.member("type", "string");
            writer.member("format", "date");
            break;
        case params::Type::timestamp:
            writer.member("type", "string");
            writer.member("format", "date-time");
            break;
        case params::Type::record_id:
            writer.key("type");
            writer.begin_array();
            writer.value("integer");
            writer.value("string");
            writer.end_array();
            break;
        case params::Type::string_array:
            writer.member("type", "array");
            writer.key("items");
            write_parameter_schema(writer, params::Type::string);
            break;
        case params::Type::integer_array:
            writer.member("type", "array");
            writer.key("items");
            write_parameter_schema(writer, params::Type::integer);
            break;
        case params::Type::object:
            break;
        case params::Type::object_array:
            writer.member("type", "array");
            writer.key("items");
            write_object_schema(writer, members);
            break;
    }
    if (max_elements > 0) {
        writer.member("maxItems", max_elements);
    }
    writer.end_object();
}

void write_object_schema(json::Writer& writer, Members members) {
    writer.begin_object();
    writer.member("type", "object");
    writer.key("properties");
    writer.begin_object();
    for (const params::Description& member : members) {
        writer.key(member.name);
        write_parameter_schema(writer, member.type, member.members, member.max_elements);
    }
    writer.end_object();
    const auto is_required = [](const params::Description& member) {
        return member.need == params::Need::required;
    };
    if (std::ranges::any_of(members, is_required)) {
        writer.key("required");
        writer.begin_array();
        for (const params::Description& member : members) {
            if (is_required(member)) {
                writer.value(member.name);
            }
        }
        writer.end_array();
    }
    writer.end_object();
}

}  // namespace innergate::routing
