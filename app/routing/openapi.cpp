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
#include "app/routing/openapi_schema.hpp"
#include "app/routing/route_listing.hpp"

namespace innergate::routing {
namespace {

constexpr std::string_view kJson = "application/json";

/// `/namespaces/:id/x` is `/namespaces/{id}/x`.
std::string templated_path(std::string_view pattern) {
    std::string path;
    bool in_name = false;
    for (const char character : pattern) {
        if (in_name && character == '/') {
            path.push_back('}');
            in_name = false;
        }
        if (character == ':' || character == '*') {
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

/// Whether a query cannot tell the parameters well.
bool takes_object(const Route& route) {
    return std::ranges::any_of(route.operation.parameters, [](const auto& parameter) {
        return parameter.type == params::Type::object ||
               parameter.type == params::Type::object_array;
    });
}

bool has_document(const Route& route) {
    return route.body == BodyKind::document && route.method != http::Method::get &&
           route.method != http::Method::delete_;
}

void write_document_body(json::Writer& writer, const Route& route) {
    writer.key("requestBody");
    writer.begin_object();
    writer.key("content");
    writer.begin_object();
    writer.key(route.content_type);
    writer.begin_object();
    writer.key("schema");
    writer.begin_object();
    writer.member("type", "object");
    writer.end_object();
    writer.end_object();
    writer.end_object();
    writer.end_object();
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

/// An answer, and the media type of its example.
struct TypedAnswer {
    int status = 200;
    std::string when;
    std::string example;
    std::string_view content_type;
};

void write_response(json::Writer& writer, const TypedAnswer& answer) {
    writer.begin_object();
    writer.member("description", answer.when);
    if (!answer.example.empty()) {
        writer.key("content");
        writer.begin_object();
        writer.key(answer.content_type);
        writer.begin_object();
        const auto example = json::parse(answer.example);
        const bool is_json = answer.content_type.ends_with("json") && example.has_value();
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

/// What every route with such a policy and parameters can answer.
std::vector<TypedAnswer> common_answers(const PathTable& table, const Route& route) {
    std::vector<TypedAnswer> answers;
    const auto add = [&](std::string when, const tl::unexpected<Error>& refusal) {
        const http::Response response = table.refuse(route.pattern, refusal.value());
        answers.push_back({response.status, std::move(when), response.body, response.content_type});
    };
    if (!route.auth.credentials.empty()) {
        add("The credential is missing or not accepted.",
            failure(ErrorCode::unauthorized, "401 Unauthorized"));
    }
    if (!route.operation.parameters.empty()) {
        add("A parameter is missing or cannot be read; all faults are named.",
            request_failure(ErrorCode::bad_request, "id is invalid", {}));
    }
    add("The path exists, the method does not; `Allow` names those that do.",
        request_failure(ErrorCode::method_not_allowed, "405 Not Allowed", {}));
    add("The database cannot serve now; `Retry-After` says when to try again.",
        failure(ErrorCode::unavailable, "503 Service Unavailable"));
    return answers;
}

/// The row's own answers, then those common to all; one per status, the row's first.
std::map<int, TypedAnswer> all_answers(const PathTable& table, const Route& route) {
    std::map<int, TypedAnswer> answers;
    for (const Answer& answer : route.answers) {
        const bool is_success = answer.status == route.success_status;
        const auto [known, is_new] = answers.try_emplace(
            answer.status,
            TypedAnswer{
                answer.status,
                std::string{answer.when},
                std::string{answer.example},
                is_success || route.content_type.ends_with("json") ? route.content_type : kJson}
        );
        if (!is_new) {
            known->second.when += fmt::format(" Or: {}", answer.when);
        }
    }
    for (TypedAnswer& answer : common_answers(table, route)) {
        answers.try_emplace(answer.status, std::move(answer));
    }
    return answers;
}

void write_responses(json::Writer& writer, const PathTable& table, const Route& route) {
    writer.begin_object();
    for (const auto& [status, answer] : all_answers(table, route)) {
        writer.key(std::to_string(status));
        write_response(writer, answer);
    }
    writer.end_object();
}

/// Those that the policy reads and the handler does not.
void write_policy_parameters(json::Writer& writer, const Route& route) {
    for (const auth::PathParameter& parameter : route.auth.path_parameters) {
        if (!is_path_parameter(route, parameter.name)) {
            continue;
        }
        writer.begin_object();
        writer.member("name", parameter.name);
        writer.member("in", "path");
        writer.member("required", true);
        writer.member("description", parameter.doc);
        writer.key("schema");
        write_parameter_schema(writer, params::Type::string);
        writer.end_object();
    }
}

void write_parameters(json::Writer& writer, const Route& route) {
    writer.key("parameters");
    writer.begin_array();
    write_policy_parameters(writer, route);
    for (const params::Description& parameter : route.operation.parameters) {
        const bool in_path = is_path_parameter(route, parameter.name);
        if (!in_path && takes_object(route)) {
            continue;
        }
        writer.begin_object();
        writer.member("name", parameter.name);
        writer.member("in", in_path ? "path" : "query");
        writer.member("required", in_path || parameter.need == params::Need::required);
        writer.member("description", parameter.doc);
        writer.key("schema");
        write_parameter_schema(writer, parameter.type, {}, parameter.max_elements);
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

void write_operation(json::Writer& writer, const PathTable& table, const Route& route) {
    writer.begin_object();
    writer.member("operationId", operation_id(route));
    writer.member("summary", route.summary);
    writer.member("description", route.auth.description);
    write_parameters(writer, route);
    if (takes_object(route)) {
        write_request_body(writer, route);
    } else if (has_document(route)) {
        write_document_body(writer, route);
    }
    writer.key("security");
    writer.begin_array();
    for (const auth::Credential& credential : route.auth.credentials) {
        write_requirement(writer, credential, route.auth.besides);
    }
    writer.end_array();
    writer.key("responses");
    write_responses(writer, table, route);
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
            write_operation(writer, table, *route);
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
