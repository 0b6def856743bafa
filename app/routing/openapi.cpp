#include "app/routing/openapi.hpp"

#include <array>
#include <map>
#include <set>
#include <vector>

#include "app/ascii.hpp"
#include "app/json/shape.hpp"
#include "app/routing/openapi_request.hpp"
#include "app/routing/openapi_responses.hpp"

namespace innergate::routing {
namespace {

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

/// `get_internal_discover`, for example. It is unique because method and pattern are. It is in
/// lower case because generators make names of it, each by rules of its own.
std::string operation_id(const Route& route) {
    std::string id = ascii::lower(http::to_string(route.method));
    for (const char character : ascii::lower(route.pattern)) {
        if (ascii::is_letter_or_digit(character) || character == '_') {
            id.push_back(character);
        } else if (id.back() != '_') {
            id.push_back('_');
        }
    }
    return id;
}

/// If the policy asks for another one besides, both are required together.
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
    writer.key("tags");
    shape::write(writer, std::array{table.area_of(route)});
    writer.member("summary", route.summary);
    writer.member("description", route.auth.description);
    write_request(writer, route);
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

/// The policies of all routes, and those that they ask for besides.
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

void write_schemas(json::Writer& writer, const PathTable& table) {
    writer.key("schemas");
    writer.begin_object();
    for (const Refusals* const refusals : table.refusals()) {
        writer.key(refusals->schema_name);
        refusals->write_schema(writer);
    }
    write_document_schema(writer);
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
    // The address is relative to where the document is served, because operators mount it under
    // hosts of theirs.
    writer.key("servers");
    writer.begin_array();
    writer.begin_object();
    writer.member("url", "/");
    writer.end_object();
    writer.end_array();
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
    write_schemas(writer, table);
    writer.key("securitySchemes");
    write_security_schemes(writer, table);
    writer.end_object();
    writer.end_object();
    document.push_back('\n');
    return document;
}

}  // namespace innergate::routing
