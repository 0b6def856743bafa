#include "tests/support/documented_answers.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "app/ascii.hpp"
#include "app/routing/openapi.hpp"

namespace innergate::test {
namespace {

/// One documented answer of a route.
struct Documented {
    bool is_known = false;
    std::string media_type;  ///< empty: no body
    std::unique_ptr<rapidjson::Document> schema;
    std::unique_ptr<rapidjson::SchemaDocument> compiled;
};

const rapidjson::Value* find(const rapidjson::Value& document, const std::string& pointer) {
    return rapidjson::Pointer{pointer.c_str(), pointer.size()}.Get(document);
}

std::string escaped(std::string_view name) {
    std::string text;
    for (const char character : name) {
        text += character == '~' ? "~0" : character == '/' ? "~1" : std::string(1, character);
    }
    return text;
}

/// The schema, with the document's components beside it for its references.
void compile(Documented& documented, const rapidjson::Value& schema, const rapidjson::Value& root) {
    documented.schema = std::make_unique<rapidjson::Document>();
    rapidjson::Document& own = *documented.schema;
    auto& allocator = own.GetAllocator();
    if (schema.HasMember("$ref")) {
        // RapidJSON follows references below the root only.
        rapidjson::Value all{rapidjson::kArrayType};
        all.PushBack(rapidjson::Value{schema, allocator}, allocator);
        own.SetObject();
        own.AddMember("allOf", all, allocator);
    } else {
        own.CopyFrom(schema, allocator);
    }
    own.AddMember("components", rapidjson::Value{root["components"], allocator}, allocator);
    documented.compiled = std::make_unique<rapidjson::SchemaDocument>(own);
}

Documented look_up(const routing::PathTable& table, const routing::Route& route, int status) {
    rapidjson::Document document;
    document.Parse(routing::openapi_document(table, "test").c_str());
    Documented documented;
    const std::string at = fmt::format(
        "/paths/{}/{}/responses/{}",
        escaped(documented_path(route.pattern)),
        ascii::lower(http::to_string(route.method)),
        status
    );
    const rapidjson::Value* const response = find(document, at);
    documented.is_known = response != nullptr;
    if (response != nullptr && response->HasMember("content")) {
        const auto content = (*response)["content"].MemberBegin();
        documented.media_type = content->name.GetString();
        compile(documented, content->value["schema"], document);
    }
    return documented;
}

std::string text_of(const rapidjson::Pointer& pointer) {
    rapidjson::StringBuffer text;
    pointer.StringifyUriFragment(text);
    return text.GetString();
}

/// Where the body breaks which rule.
std::string fault_of(const std::string& body, const rapidjson::SchemaDocument& schema) {
    rapidjson::Document parsed;
    if (parsed.Parse(body.c_str(), body.size()).HasParseError()) {
        return "no JSON";
    }
    rapidjson::SchemaValidator validator{schema};
    if (parsed.Accept(validator)) {
        return {};
    }
    return fmt::format(
        "{} breaks {} of the schema's {}",
        text_of(validator.GetInvalidDocumentPointer()),
        validator.GetInvalidSchemaKeyword(),
        text_of(validator.GetInvalidSchemaPointer())
    );
}

/// Pattern, method, operation, documented answers, status.
using AnswerKey = std::tuple<
    std::string,
    http::Method,
    decltype(routing::Operation::run),
    const routing::Answer*,
    int>;

/// What a row is made of is constant, and a document is long: each answer is looked up once in a
/// run, for all tables that have the row.
const Documented& documented_answer(
    const routing::PathTable& table, const routing::Route& route, int status
) {
    static std::mutex mutex;
    static std::map<AnswerKey, Documented> known;
    const std::lock_guard lock{mutex};
    const AnswerKey key{
        std::string{route.pattern},
        route.method,
        route.operation.run,
        route.answers.data(),
        status};
    auto found = known.find(key);
    if (found == known.end()) {
        found = known.emplace(key, look_up(table, route, status)).first;
    }
    return found->second;
}

}  // namespace

std::string documented_path(std::string_view pattern) {
    std::string text{pattern};
    for (std::size_t mark = text.find_first_of(":*"); mark != std::string::npos;
         mark = text.find_first_of(":*")) {
        const std::size_t end = std::min(text.find('/', mark), text.size());
        text.insert(end, "}");
        text[mark] = '{';
    }
    return text;
}

std::string_view documented_type(
    const routing::PathTable& table, const routing::Route& route, int status
) {
    return documented_answer(table, route, status).media_type;
}

std::string undocumented_part(
    const routing::PathTable& table, const routing::Route& route, const http::Response& response
) {
    const Documented& documented = documented_answer(table, route, response.status);
    const auto told = [&](std::string_view fault) {
        return fmt::format(
            "{} {} answers {} {}: {}: {}",
            http::to_string(route.method),
            route.pattern,
            response.status,
            response.content_type,
            fault,
            response.body
        );
    };
    if (!documented.is_known) {
        return told("a status that is not documented");
    }
    const std::string_view type = response.content_type;
    if (documented.media_type != type.substr(0, type.find(';'))) {
        return told(fmt::format("documented is '{}'", documented.media_type));
    }
    if (!documented.media_type.ends_with("json")) {
        return {};
    }
    const std::string fault = fault_of(response.body, *documented.compiled);
    return fault.empty() ? fault : told(fault);
}

}  // namespace innergate::test
