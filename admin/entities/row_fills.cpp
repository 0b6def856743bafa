#include "admin/entities/row_fills.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "admin/entities/rows/agent_token_rows.hpp"
#include <fmt/format.h>

#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

using rows::EntityName;

constexpr int kMaxAgentTokens = 2;

struct Word {
    std::string_view word;
    int number;
};

constexpr std::array<Word, 7> kAccessLevels{{
    {"minimal", 5},
    {"guest", 10},
    {"planner", 15},
    {"reporter", 20},
    {"developer", 30},
    {"maintainer", 40},
    {"owner", 50},
}};

constexpr std::array<Word, 3> kVisibilities{{
    {"private", 0},
    {"internal", 10},
    {"public", 20},
}};

constexpr std::array<Word, 2> kBroadcastTypes{{
    {"banner", 1},
    {"notification", 2},
}};

// What GitLab's protections know; the other roles have none of their own.
constexpr std::array<Word, 4> kProtectionLevels{{
    {"no-one", 0},
    {"developer", 30},
    {"maintainer", 40},
    {"admin", 60},
}};

constexpr std::array<Word, 3> kUsageTypes{{
    {"auth_and_signing", 0},
    {"auth", 1},
    {"signing", 2},
}};

// GitLab's documentation, "Personal access token scopes".
constexpr std::array<std::string_view, 15> kScopes{
    "api",
    "read_api",
    "read_user",
    "create_runner",
    "manage_runner",
    "k8s_proxy",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    "read_virtual_registry",
    "write_virtual_registry",
    "ai_features",
    "sudo",
    "admin_mode"};

tl::unexpected<std::string> refused(std::string reason) {
    return tl::unexpected(std::move(reason));
}

void set(ImportRow& row, std::string_view column, Cell::Type type, std::string text) {
    row.cells.push_back({std::string{column}, type, std::move(text), 0});
}

/// One of the words, or one of the numbers they stand for.
template <std::size_t Size>
tl::expected<std::string, std::string> number_of(
    const std::string& text, const std::array<Word, Size>& words
) {
    const auto found = std::ranges::find_if(words, [&](const Word& entry) {
        return entry.word == text || std::to_string(entry.number) == text;
    });
    if (found == words.end()) {
        std::string known;
        for (const Word& entry : words) {
            known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.word);
        }
        return refused(fmt::format("'{}' is none of {}", text, known));
    }
    return std::to_string(found->number);
}

template <std::size_t Size>
Filled fill_word(
    ImportRow& row,
    std::string_view column,
    const std::string& text,
    const std::array<Word, Size>& words
) {
    auto number = number_of(text, words);
    if (!number) {
        return refused(std::move(number.error()));
    }
    set(row, column, Cell::Type::number, std::move(*number));
    return {};
}

/// Hands over what stands between the commas, up to the first that is not taken.
template <class Take>
Filled each_between_commas(const std::string& text, const Take& take) {
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        if (Filled done = take(text.substr(start, end - start)); !done) {
            return done;
        }
        start = end + 1;
    }
    return {};
}

Filled fill_reference(
    Database& database,
    ImportRow& row,
    std::string_view column,
    EntityName entity,
    std::string_view name,
    const std::string& text
) {
    const auto id = rows::EntityRows{database, entity}.find(text);
    if (!id) {
        return refused(fmt::format("there is no {} {}", name, text));
    }
    set(row, column, Cell::Type::number, std::to_string(*id));
    return {};
}

/// The first line of a file.
tl::expected<std::string, std::string> first_line_of(const std::string& file) {
    std::ifstream stream{file};
    std::string line;
    if (!std::getline(stream, line)) {
        return refused(fmt::format("cannot read a line from {}", file));
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

}  // namespace

Filled fill_text(NewRow& row, std::string_view column, const std::string& text) {
    row.set(column, Cell::Type::text, text);
    return {};
}

Filled fill_true(NewRow& row, std::string_view column, const std::string& /*text*/) {
    row.set(column, Cell::Type::boolean, "true");
    return {};
}

Filled fill_false(NewRow& row, std::string_view column, const std::string& /*text*/) {
    row.set(column, Cell::Type::boolean, "false");
    return {};
}

Filled fill_yes_no(NewRow& row, std::string_view column, const std::string& text) {
    if (text != "yes" && text != "no") {
        return refused(fmt::format("'{}' is neither yes nor no", text));
    }
    row.set(column, Cell::Type::boolean, text == "yes" ? "true" : "false");
    return {};
}

Filled fill_start_of_day(NewRow& row, std::string_view column, const std::string& text) {
    row.set(column, Cell::Type::text, text.size() == 10 ? text + "T00:00:00.000Z" : text);
    return {};
}

Filled fill_access_level(NewRow& row, std::string_view column, const std::string& text) {
    return fill_word(row.row, column, text, kAccessLevels);
}

Filled fill_visibility(NewRow& row, std::string_view column, const std::string& text) {
    return fill_word(row.row, column, text, kVisibilities);
}

Filled fill_broadcast_type(NewRow& row, std::string_view column, const std::string& text) {
    return fill_word(row.row, column, text, kBroadcastTypes);
}

Filled fill_usage_type(NewRow& row, std::string_view column, const std::string& text) {
    return fill_word(row.row, column, text, kUsageTypes);
}

Filled fill_user(NewRow& row, std::string_view column, const std::string& text) {
    return fill_reference(row.database, row.row, column, EntityName::user, "user", text);
}

Filled fill_group(NewRow& row, std::string_view column, const std::string& text) {
    return fill_reference(row.database, row.row, column, EntityName::group, "group", text);
}

Filled fill_project(NewRow& row, std::string_view column, const std::string& text) {
    return fill_reference(row.database, row.row, column, EntityName::project, "project", text);
}

Filled fill_agent(NewRow& row, std::string_view column, const std::string& text) {
    Filled done = fill_reference(row.database, row.row, column, EntityName::agent, "agent", text);
    if (done && rows::count_active_agent_tokens(row.database, std::stoll(row.find(column)->text)) >=
                    kMaxAgentTokens) {
        return refused(
            fmt::format("agent {} has {} tokens that are good: revoke one", text, kMaxAgentTokens)
        );
    }
    return done;
}

Filled fill_source_group(NewRow& row, std::string_view column, const std::string& text) {
    row.set("source_type", Cell::Type::text, "Namespace");
    return fill_group(row, column, text);
}

Filled fill_source_project(NewRow& row, std::string_view column, const std::string& text) {
    row.set("source_type", Cell::Type::text, "Project");
    return fill_reference(row.database, row.row, column, EntityName::project, "project", text);
}

Filled fill_first_line(NewRow& row, std::string_view column, const std::string& file) {
    auto line = first_line_of(file);
    if (!line) {
        return refused(std::move(line.error()));
    }
    row.set(column, Cell::Type::text, std::move(*line));
    return {};
}

Filled fill_scopes(NewRow& row, std::string_view column, const std::string& text) {
    std::string scopes;
    json::Writer writer{scopes};
    writer.begin_array();
    Filled done = each_between_commas(text, [&writer](const std::string& scope) -> Filled {
        if (std::ranges::find(kScopes, scope) == kScopes.end()) {
            return refused(fmt::format("'{}' is none of {}", scope, fmt::join(kScopes, ", ")));
        }
        writer.value(scope);
        return {};
    });
    writer.end_array();
    row.set(column, Cell::Type::json, std::move(scopes));
    return done;
}

Filled fill_access_levels(NewRow& row, std::string_view column, const std::string& text) {
    std::string levels;
    json::Writer writer{levels};
    writer.begin_array();
    Filled done = each_between_commas(text, [&writer](const std::string& word) -> Filled {
        auto level = number_of(word, kAccessLevels);
        if (!level) {
            return refused(std::move(level.error()));
        }
        writer.raw(*level);
        return {};
    });
    writer.end_array();
    row.set(column, Cell::Type::json, std::move(levels));
    return done;
}

Filled fill_path(NewRow& row, std::string_view column, const std::string& text) {
    const std::size_t slash = text.rfind('/');
    row.set("path", Cell::Type::text, text.substr(slash == std::string::npos ? 0 : slash + 1));
    if (slash == std::string::npos) {
        return {};
    }
    const std::string parent = text.substr(0, slash);
    const auto id = rows::find_namespace(row.database, parent);
    if (!id) {
        return refused(fmt::format("there is no namespace {}", parent));
    }
    row.set(column, Cell::Type::number, std::to_string(*id));
    return {};
}

Filled fill_project_path(NewRow& row, std::string_view column, const std::string& text) {
    if (text.find('/') == std::string::npos) {
        return refused("a project lies in a namespace: give NAMESPACE/PATH");
    }
    return fill_path(row, column, text);
}

Filled fill_protection_level(NewRow& row, std::string_view table, const std::string& text) {
    return fill_word(row.add_part(table), "access_level", text, kProtectionLevels);
}

Filled fill_protection_user(NewRow& row, std::string_view table, const std::string& text) {
    return fill_reference(
        row.database, row.add_part(table), "user_id", EntityName::user, "user", text
    );
}

Filled fill_protection_group(NewRow& row, std::string_view table, const std::string& text) {
    return fill_reference(
        row.database, row.add_part(table), "group_id", EntityName::group, "group", text
    );
}

Filled fill_protection_deploy_key(NewRow& row, std::string_view table, const std::string& text) {
    return fill_reference(
        row.database,
        row.add_part(table),
        "deploy_key_id",
        EntityName::deploy_key,
        "deploy key",
        text
    );
}

Filled fill_deployment(NewRow& row, std::string_view table, const std::string& text) {
    return fill_reference(
        row.database, row.add_part(table), "project_id", EntityName::project, "project", text
    );
}

Filled fill_can_push(NewRow& row, std::string_view table, const std::string& /*text*/) {
    if (!row.has_part_in(table)) {
        return refused("to which project? --project names it");
    }
    for (PartRow& part : row.parts) {
        set(part.row, "can_push", Cell::Type::boolean, "true");
    }
    return {};
}

}  // namespace innergate::admin
