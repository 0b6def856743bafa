#include "app/routing/openapi_request.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "app/routing/openapi_schema.hpp"
#include "app/routing/parameters.hpp"
#include "app/routing/route_listing.hpp"

namespace innergate::routing {
namespace {

/// Parameters of other methods may stand in the query too, but no client sends them so.
bool takes_query(const Route& route) {
    return route.method == http::Method::get || route.method == http::Method::delete_ ||
           route.body != BodyKind::parameters;
}

std::vector<params::Description> other_than_path(const Route& route) {
    std::vector<params::Description> parameters;
    std::ranges::copy_if(
        route.operation.parameters,
        std::back_inserter(parameters),
        [&route](const auto& parameter) { return !is_path_parameter(route, parameter.name); }
    );
    return parameters;
}

bool is_required(const params::Description& parameter) {
    return parameter.need == params::Need::required;
}

bool is_object(const params::Description& parameter) {
    return parameter.type == params::Type::object || parameter.type == params::Type::object_array;
}

/// `scopes[]`, as forms and queries name the elements of a list.
std::string name_in_form(const params::Description& parameter) {
    return std::string{parameter.name} + (params::is_list(parameter.type) ? "[]" : "");
}

void write_path_parameter(
    json::Writer& writer, std::string_view name, std::string_view doc, params::Type type
) {
    writer.begin_object();
    writer.member("name", name);
    writer.member("in", "path");
    writer.member("required", true);
    writer.member("description", doc);
    writer.key("schema");
    write_parameter_schema(writer, type);
    writer.end_object();
}

/// Writes the parameters of the handler, and those that only the policy reads.
void write_path_parameters(json::Writer& writer, const Route& route) {
    for (const auth::PathParameter& parameter : route.auth.path_parameters) {
        const bool is_of_handler =
            std::ranges::any_of(route.operation.parameters, [&parameter](const auto& other) {
                return other.name == parameter.name;
            });
        if (is_path_parameter(route, parameter.name) && !is_of_handler) {
            write_path_parameter(writer, parameter.name, parameter.doc, params::Type::string);
        }
    }
    for (const params::Description& parameter : route.operation.parameters) {
        if (is_path_parameter(route, parameter.name)) {
            write_path_parameter(writer, parameter.name, parameter.doc, parameter.type);
        }
    }
}

void write_query_parameter(json::Writer& writer, const params::Description& parameter) {
    writer.begin_object();
    writer.member("name", name_in_form(parameter));
    writer.member("in", "query");
    writer.member("required", is_required(parameter));
    writer.member("description", parameter.doc);
    if (is_object(parameter)) {
        writer.member("style", "deepObject");
        writer.member("explode", true);
    }
    writer.key("schema");
    write_parameter_schema(writer, parameter.type, parameter.members, parameter.max_elements);
    writer.end_object();
}

void write_json_content(
    json::Writer& writer,
    std::string_view media_type,
    const std::vector<params::Description>& members
) {
    writer.key(media_type);
    writer.begin_object();
    writer.key("schema");
    write_object_schema(writer, members);
    writer.end_object();
}

/// As browsers and curl send them: `scopes[]=api&scopes[]=read_user`, `access_as[agent]=…`.
void write_form_content(
    json::Writer& writer,
    std::string_view media_type,
    const std::vector<params::Description>& members
) {
    std::vector<std::string> names;
    names.reserve(members.size());
    std::ranges::transform(members, std::back_inserter(names), name_in_form);
    std::vector<params::Description> fields = members;
    for (std::size_t index = 0; index < fields.size(); ++index) {
        fields[index].name = names[index];
    }
    writer.key(media_type);
    writer.begin_object();
    writer.key("schema");
    write_object_schema(writer, fields);
    const auto has_style = [](const auto& field) {
        return is_object(field) || params::is_list(field.type);
    };
    if (std::ranges::any_of(fields, has_style)) {
        writer.key("encoding");
        writer.begin_object();
        for (const params::Description& field : fields) {
            if (has_style(field)) {
                writer.key(field.name);
                writer.begin_object();
                writer.member("style", is_object(field) ? "deepObject" : "form");
                writer.member("explode", true);
                writer.end_object();
            }
        }
        writer.end_object();
    }
    writer.end_object();
}

void write_parameters_body(json::Writer& writer, const Route& route) {
    const std::vector<params::Description> members = other_than_path(route);
    if (members.empty()) {
        return;
    }
    writer.key("requestBody");
    writer.begin_object();
    writer.member("required", std::ranges::any_of(members, is_required));
    writer.key("content");
    writer.begin_object();
    write_json_content(writer, "application/json", members);
    write_form_content(writer, "application/x-www-form-urlencoded", members);
    write_form_content(writer, "multipart/form-data", members);
    writer.end_object();
    writer.end_object();
}

void write_document_content(json::Writer& writer, std::string_view media_type) {
    writer.key(media_type);
    writer.begin_object();
    writer.key("schema");
    writer.begin_object();
    writer.member("$ref", "#/components/schemas/Document");
    writer.end_object();
    writer.end_object();
}

void write_document_body(json::Writer& writer, const Route& route) {
    constexpr std::string_view kJson = "application/json";
    writer.key("requestBody");
    writer.begin_object();
    writer.member("required", true);
    writer.key("content");
    writer.begin_object();
    write_document_content(writer, route.content_type);
    if (route.content_type != kJson) {
        write_document_content(writer, kJson);
    }
    writer.end_object();
    writer.end_object();
}

}  // namespace

void write_request(json::Writer& writer, const Route& route) {
    writer.key("parameters");
    writer.begin_array();
    write_path_parameters(writer, route);
    if (takes_query(route)) {
        for (const params::Description& parameter : other_than_path(route)) {
            write_query_parameter(writer, parameter);
        }
    }
    writer.end_array();
    if (!takes_query(route)) {
        write_parameters_body(writer, route);
    } else if (route.body == BodyKind::document && reads_body(route)) {
        write_document_body(writer, route);
    }
}

void write_document_schema(json::Writer& writer) {
    writer.key("Document");
    writer.begin_object();
    writer.member("type", "object");
    writer.member("description", "A document as its standard describes it, such as RFC 7643");
    writer.member("additionalProperties", true);
    writer.end_object();
}

}  // namespace innergate::routing
