#include "app/routing/openapi.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "app/json/reader.hpp"
#include "app/json/writer.hpp"
#include "app/routing/route_listing.hpp"

namespace innergate::routing {
namespace {

constexpr std::string_view kUnauthorizedExample = R"({"message":"401 Unauthorized"})";
constexpr std::string_view kParameterExample = R"({"error":"id is invalid"})";
constexpr std::string_view kMethodExample = R"({"error":"405 Not Allowed"})";
constexpr std::string_view kUnavailableExample = R"({"message":"503 Service Unavailable"})";

/// `/namespaces/:id/x` is `/namespaces/{id}/x`.
std::string templated_path(std::string_view pattern) {
    std::string path;
    bool in_name = false;
    for (const char character : pattern) {
        if (in_name && character == '/') {
            path.push_back('}');
            in_name = false;
        }
        if (character == ':') {
            path.push_back('{');
            in_name = true;
        } else {
            path.push_back(character);
        }
    }
    if (in_name) {
        path.push_back('}');
    }
    return path;
}

/// `get_internal_discover`, unique because method and pattern are.
std::string operation_id(const Route& route) {
    std::string id;
    for (const char character : http::to_string(route.method)) {
        id.push_back(static_cast<char>(character - 'A' + 'a'));
    }
    for (const char character : route.pattern) {
        const bool is_word = (character >= 'a' && character <= 'z') || character == '_' ||
                             (character >= '0' && character <= '9');
        if (is_word) {
            id.push_back(character);
        } else if (id.back() != '_') {
            id.push_back('_');
        }
    }
    return id;
}

using Members = std::span<const params::Description>;

void write_object_schema(json::Writer& writer, Members members);

void write_parameter_schema(json::Writer& writer, params::Type type, Members members = {}) {
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
    writer.end_object();
}

/// Members that no rule knows are ignored, so they may be there.
void write_object_schema(json::Writer& writer, Members members) {
    writer.begin_object();
    writer.member("type", "object");
    writer.key("properties");
    writer.begin_object();
    for (const params::Description& member : members) {
        writer.key(member.name);
        write_parameter_schema(writer, member.type, member.members);
    }
    writer.end_object();
    writer.key("required");
    writer.begin_array();
    for (const params::Description& member : members) {
        if (member.need == params::Need::required) {
            writer.value(member.name);
        }
    }
    writer.end_array();
    writer.end_object();
}

/// Whether a query cannot tell the parameters well.
bool takes_document(const Route& route) {
    return std::ranges::any_of(route.operation.parameters, [](const auto& parameter) {
        return parameter.type == params::Type::object ||
               parameter.type == params::Type::object_array;
    });
}

void write_request_body(json::Writer& writer, const Route& route) {
    std::vector<params::Description> members;
    std::ranges::copy_if(
        route.operation.parameters,
        std::back_inserter(members),
        [&route](const auto& parameter) { return !is_path_parameter(route, parameter.name); }
    );
    writer.key("requestBody");
    writer.begin_object();
    writer.key("content");
    writer.begin_object();
    writer.key("application/json");
    writer.begin_object();
    writer.key("schema");
    write_object_schema(writer, members);
    writer.end_object();
    writer.end_object();
    writer.end_object();
}

/// The type of an example. Its leaves that are null say only that null occurs.
void write_schema_of(json::Writer& writer, const json::Value& value) {
    writer.begin_object();
    if (const json::Object* const members = value.object()) {
        writer.member("type", "object");
        writer.key("properties");
        writer.begin_object();
        for (const json::Member& member : *members) {
            writer.key(member.name);
            write_schema_of(writer, member.value);
        }
        writer.end_object();
        writer.key("required");
        writer.begin_array();
        for (const json::Member& member : *members) {
            writer.value(member.name);
        }
        writer.end_array();
    } else if (const json::Array* const elements = value.array()) {
        writer.member("type", "array");
        if (!elements->empty()) {
            writer.key("items");
            write_schema_of(writer, elements->front());
        }
    } else if (value.string() != nullptr) {
        writer.member("type", "string");
    } else if (const json::Number* const number = value.number()) {
        const bool is_integer = number->text.find_first_of(".eE") == std::string::npos;
        writer.member("type", is_integer ? "integer" : "number");
    } else if (value.boolean() != nullptr) {
        writer.member("type", "boolean");
    }
    writer.end_object();
}

void write_response(json::Writer& writer, const Answer& answer, std::string_view content_type) {
    writer.begin_object();
    writer.member("description", answer.when);
    if (!answer.example.empty()) {
        writer.key("content");
        writer.begin_object();
        writer.key(content_type);
        writer.begin_object();
        const auto example = json::parse(answer.example);
        const bool is_json = content_type == "application/json" && example.has_value();
        writer.key("schema");
        if (is_json) {
            write_schema_of(writer, *example);
        } else {
            write_parameter_schema(writer, params::Type::string);
        }
        writer.key("example");
        if (is_json) {
            writer.raw(answer.example);
        } else {
            writer.value(answer.example);
        }
        writer.end_object();
        writer.end_object();
    }
    writer.end_object();
}

/// The row's own answers, then what every route with such a policy and parameters can answer; one
/// per status, the row's first.
std::map<int, std::vector<Answer>> all_answers(const Route& route) {
    std::map<int, std::vector<Answer>> answers;
    for (const Answer& answer : route.answers) {
        answers[answer.status].push_back(answer);
    }
    const auto add = [&answers](int status, std::string_view when, std::string_view example) {
        if (!answers.contains(status)) {
            answers[status].push_back({status, when, example});
        }
    };
    if (!route.auth.credentials.empty()) {
        add(401, "The credential is missing or not accepted.", kUnauthorizedExample);
    }
    if (!route.operation.parameters.empty()) {
        add(400,
            "A parameter is missing or cannot be read; all faults are named.",
            kParameterExample);
    }
    add(405, "The path exists, the method does not; `Allow` names those that do.", kMethodExample);
    add(503,
        "The database cannot serve now; `Retry-After` says when to try again.",
        kUnavailableExample);
    return answers;
}

void write_responses(json::Writer& writer, const Route& route) {
    writer.begin_object();
    for (const auto& [status, answers] : all_answers(route)) {
        std::string when;
        for (const Answer& answer : answers) {
            when += fmt::format("{}{}", when.empty() ? "" : " Or: ", answer.when);
        }
        const bool is_success = status == route.success_status;
        writer.key(std::to_string(status));
        write_response(
            writer,
            {.status = status, .when = when, .example = answers.front().example},
            is_success ? route.content_type : "application/json"
        );
    }
    writer.end_object();
}

void write_parameters(json::Writer& writer, const Route& route) {
    writer.key("parameters");
    writer.begin_array();
    for (const params::Description& parameter : route.operation.parameters) {
        const bool in_path = is_path_parameter(route, parameter.name);
        if (!in_path && takes_document(route)) {
            continue;
        }
        writer.begin_object();
        writer.member("name", parameter.name);
        writer.member("in", in_path ? "path" : "query");
        writer.member("required", in_path || parameter.need == params::Need::required);
        writer.member("description", parameter.doc);
        writer.key("schema");
        write_parameter_schema(writer, parameter.type);
        writer.end_object();
    }
    writer.end_array();
}

/// Of a policy that asks for another one besides: both together.
void write_requirement(
    json::Writer& writer, const auth::Credential& credential, const auth::Policy* besides
) {
    writer.begin_object();
    writer.key(credential.scheme);
    writer.begin_array();
    writer.end_array();
    for (; besides != nullptr; besides = besides->besides) {
        writer.key(besides->credentials.front().scheme);
        writer.begin_array();
        writer.end_array();
    }
    writer.end_object();
}

void write_operation(json::Writer& writer, const Route& route) {
    writer.begin_object();
    writer.member("operationId", operation_id(route));
    writer.member("summary", route.summary);
    writer.member("description", route.auth.description);
    write_parameters(writer, route);
    if (takes_document(route)) {
        write_request_body(writer, route);
    }
    writer.key("security");
    writer.begin_array();
    for (const auth::Credential& credential : route.auth.credentials) {
        write_requirement(writer, credential, route.auth.besides);
    }
    writer.end_array();
    writer.key("responses");
    write_responses(writer, route);
    writer.end_object();
}

/// Each once, with those that others ask for besides.
std::vector<const auth::Policy*> policies_of(const PathTable& table) {
    std::vector<const auth::Policy*> policies;
    for (const Route* const route : table.routes()) {
        for (const auth::Policy* policy = &route->auth; policy != nullptr;
             policy = policy->besides) {
            policies.push_back(policy);
        }
    }
    return policies;
}

void write_security_schemes(json::Writer& writer, const PathTable& table) {
    std::set<std::string_view> written;
    writer.begin_object();
    for (const auth::Policy* const policy : policies_of(table)) {
        for (const auth::Credential& credential : policy->credentials) {
            if (!written.insert(credential.scheme).second) {
                continue;
            }
            writer.key(credential.scheme);
            writer.begin_object();
            if (credential.in == auth::Credential::In::bearer) {
                writer.member("type", "http");
                writer.member("scheme", "bearer");
            } else {
                writer.member("type", "apiKey");
                writer.member(
                    "in", credential.in == auth::Credential::In::query ? "query" : "header"
                );
                writer.member("name", credential.field);
            }
            writer.end_object();
        }
    }
    writer.end_object();
}

std::map<std::string, std::vector<const Route*>> routes_by_path(const PathTable& table) {
    std::map<std::string, std::vector<const Route*>> paths;
    for (const Route* const route : table.routes()) {
        paths[templated_path(route->pattern)].push_back(route);
    }
    return paths;
}

}  // namespace

std::string openapi_document(const PathTable& table, std::string_view title) {
    std::string document;
    json::Writer writer{document};
    writer.begin_object();
    writer.member("openapi", "3.1.0");
    writer.key("info");
    writer.begin_object();
    writer.member("title", title);
    writer.member("version", INNERGATE_VERSION);
    writer.end_object();
    writer.key("paths");
    writer.begin_object();
    for (const auto& [path, routes] : routes_by_path(table)) {
        writer.key(path);
        writer.begin_object();
        for (const Route* const route : routes) {
            const std::string id = operation_id(*route);
            writer.key(id.substr(0, id.find('_')));
            write_operation(writer, *route);
        }
        writer.end_object();
    }
    writer.end_object();
    writer.key("components");
    writer.begin_object();
    writer.key("securitySchemes");
    write_security_schemes(writer, table);
    writer.end_object();
    writer.end_object();
    document.push_back('\n');
    return document;
}

}  // namespace innergate::routing
