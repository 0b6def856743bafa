#include "app/routing/reply_listing.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/json/reader.hpp"
#include "app/routing/reply.hpp"

namespace innergate::routing {
namespace {

constexpr std::string_view kHead =
    "| Member | Type | There | Meaning |\n| --- | --- | --- | --- |\n";

const json::Value* find_array(const json::Value& schema, std::string_view name) {
    const json::Value* const value = schema.find(name);
    return value == nullptr || value->array() == nullptr ? nullptr : value;
}

std::string text_of(const json::Value& value) {
    std::string text;
    json::Writer writer{text};
    writer.value(value);
    return text;
}

std::vector<std::string> type_names(const json::Value& schema) {
    const json::Value* const type = schema.find("type");
    if (type == nullptr) {
        return {"one of the following"};
    }
    if (type->string() != nullptr) {
        return {*type->string()};
    }
    std::vector<std::string> names;
    for (const json::Value& name : *type->array()) {
        names.push_back(*name.string());
    }
    return names;
}

/// `string (date) or null`, `"key" or "deploy_key"`, `array of string`
std::string type_of(const json::Value& schema) {
    if (const json::Value* const choices = find_array(schema, "enum")) {
        std::vector<std::string> texts;
        for (const json::Value& choice : *choices->array()) {
            texts.push_back(fmt::format("`{}`", text_of(choice)));
        }
        return fmt::format("{}", fmt::join(texts, " or "));
    }
    std::vector<std::string> names = type_names(schema);
    if (const json::Value* const format = schema.find("format")) {
        names.front() += fmt::format(" ({})", *format->string());
    }
    if (const json::Value* const items = schema.find("items")) {
        names.front() += " of " + type_of(*items);
    }
    return fmt::format("{}", fmt::join(names, " or "));
}

bool is_required(const json::Value& schema, std::string_view name) {
    const json::Value* const required = find_array(schema, "required");
    return required != nullptr &&
           std::ranges::any_of(*required->array(), [name](const json::Value& other) {
               return *other.string() == name;
           });
}

void add_rows(std::string& rows, const json::Value& schema, const std::string& prefix);

void add_alternatives(std::string& rows, const json::Value& choices, const std::string& prefix) {
    bool is_first = true;
    for (const json::Value& choice : *choices.array()) {
        rows += is_first ? "" : "| *or* | | | |\n";
        is_first = false;
        add_rows(rows, choice, prefix);
    }
}

/// The members of an object, and of what is inside it.
void add_rows(std::string& rows, const json::Value& schema, const std::string& prefix) {
    if (const json::Value* const choices = find_array(schema, "oneOf")) {
        add_alternatives(rows, *choices, prefix);
        return;
    }
    if (const json::Value* const items = schema.find("items")) {
        add_rows(
            rows, *items, prefix.empty() ? "[]." : prefix.substr(0, prefix.size() - 1) + "[]."
        );
        return;
    }
    const json::Value* const properties = schema.find("properties");
    if (properties == nullptr) {
        return;
    }
    for (const json::Member& member : *properties->object()) {
        const json::Value* const doc = member.value.find("description");
        rows += fmt::format(
            "| `{}{}` | {} | {} | {} |\n",
            prefix,
            member.name,
            type_of(member.value),
            is_required(schema, member.name) ? "always" : "may be left out",
            doc == nullptr ? "" : *doc->string()
        );
        add_rows(rows, member.value, prefix + member.name + ".");
    }
}

/// One form of the answers, with its statuses.
std::string form_as_markdown(const Route& route, const ReplyForm& form) {
    std::string text;
    json::Writer writer{text};
    form.write_schema(writer);
    const json::Value schema = json::parse(text).value();
    std::vector<int> statuses{form.statuses.begin(), form.statuses.end()};
    if (statuses.empty()) {
        statuses.push_back(route.success_status);
    }
    std::string rows;
    add_rows(rows, schema, "");
    return fmt::format(
        "{}: {}{}\n{}\n",
        fmt::join(statuses, ", "),
        type_of(schema),
        rows.empty() ? "." : " with",
        rows.empty() ? "" : fmt::format("\n{}{}", kHead, rows)
    );
}

struct Section {
    std::vector<std::string> titles;
    std::string text;
};

}  // namespace

std::string replies_as_markdown(const PathTable& table) {
    std::vector<Section> sections;
    for (const Route* const route : table.routes()) {
        std::string text;
        for (const ReplyForm& form : route->operation.replies) {
            text += form_as_markdown(*route, form);
        }
        if (text.empty()) {
            continue;
        }
        const std::string title =
            fmt::format("`{} {}`", http::to_string(route->method), route->pattern);
        const auto alike = std::ranges::find(sections, text, &Section::text);
        if (alike == sections.end()) {
            sections.push_back({{title}, text});
        } else {
            alike->titles.push_back(title);
        }
    }
    std::string document;
    for (const Section& section : sections) {
        document += fmt::format("{}\n\n{}", fmt::join(section.titles, "<br>\n"), section.text);
    }
    return document;
}

}  // namespace innergate::routing
