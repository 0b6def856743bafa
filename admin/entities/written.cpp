#include "admin/entities/written.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "admin/entities/entities.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "app/time_format.hpp"

namespace innergate::admin::written {
namespace {

tl::unexpected<std::string> refused(std::string reason) {
    return tl::unexpected(std::move(reason));
}

void set(ImportRow& row, std::string_view column, Cell::Type type, std::string text) {
    row.cells.push_back({std::string{column}, type, std::move(text), 0});
}

Written reference_in(
    Database& database,
    ImportRow& row,
    std::string_view column,
    const Entity& entity,
    const std::string& text
) {
    const auto id = rows::EntityRows{database, entity}.find(text);
    if (!id) {
        std::string kind{entity.name};
        std::ranges::replace(kind, '-', ' ');
        return refused(fmt::format("there is no {} {}", kind, text));
    }
    set(row, column, Cell::Type::number, std::to_string(*id));
    return {};
}

/// One of the words, or one of the numbers they stand for.
tl::expected<std::string, std::string> number_of(
    const std::string& text, std::span<const Word> words
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

Written word_in(
    ImportRow& row, std::string_view column, std::span<const Word> words, const std::string& text
) {
    auto number = number_of(text, words);
    if (!number) {
        return refused(std::move(number.error()));
    }
    set(row, column, Cell::Type::number, std::move(*number));
    return {};
}

std::string start_of_day(const std::string& text) {
    constexpr std::size_t kDay = 10;  // 2030-01-31
    return text.size() == kDay ? text + "T00:00:00.000Z" : text;
}

std::optional<bool> as_boolean(std::string_view text) {
    constexpr std::array<std::string_view, 3> kYes{"true", "yes", "on"};
    constexpr std::array<std::string_view, 3> kNo{"false", "no", "off"};
    if (std::ranges::find(kYes, text) != kYes.end()) {
        return true;
    }
    return std::ranges::find(kNo, text) != kNo.end() ? std::optional{false} : std::nullopt;
}

/// The entity whose names may stand for ids of that table. Answers null if only ids may.
const Entity* named_in(std::string_view table) {
    constexpr std::array<const Entity*, 4> kNamed{
        &entities::kUser, &entities::kAnyNamespace, &entities::kProject, &entities::kPlan};
    const auto* const found = std::ranges::find(kNamed, table, &Entity::table);
    return found == kNamed.end() ? nullptr : *found;
}

const ForeignKey* reference_of(const Table& table, std::string_view column) {
    const auto found = std::ranges::find(table.foreign_keys, column, &ForeignKey::column);
    return found == table.foreign_keys.end() ? nullptr : &*found;
}

}  // namespace

Written text(NewRow& row, const Member& member, const std::string& text) {
    row.set(member.written_column(), Cell::Type::text, text);
    return {};
}

Written yes(NewRow& row, const Member& member, const std::string& /*text*/) {
    row.set(member.written_column(), Cell::Type::boolean, "true");
    return {};
}

Written no(NewRow& row, const Member& member, const std::string& /*text*/) {
    row.set(member.written_column(), Cell::Type::boolean, "false");
    return {};
}

Written null(NewRow& row, const Member& member, const std::string& /*text*/) {
    row.set(member.written_column(), Cell::Type::null, {});
    return {};
}

Written time(NewRow& row, const Member& member, const std::string& text) {
    row.set(member.written_column(), Cell::Type::text, start_of_day(text));
    return {};
}

Written first_line(NewRow& row, const Member& member, const std::string& file) {
    std::ifstream stream{file};
    std::string line;
    if (!std::getline(stream, line)) {
        return refused(fmt::format("cannot read a line from {}", file));
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    row.set(member.written_column(), Cell::Type::text, std::move(line));
    return {};
}

Written word(NewRow& row, const Member& member, const std::string& text) {
    return word_in(row.row, member.written_column(), member.words, text);
}

Written words(NewRow& row, const Member& member, const std::string& text) {
    std::string numbers;
    json::Writer writer{numbers};
    writer.begin_array();
    Written done = each_between_commas(text, [&](const std::string& word) -> Written {
        auto number = number_of(word, member.words);
        if (!number) {
            return refused(std::move(number.error()));
        }
        writer.raw(*number);
        return {};
    });
    writer.end_array();
    row.set(member.written_column(), Cell::Type::json, std::move(numbers));
    return done;
}

Written reference(NewRow& row, const Member& member, const std::string& text) {
    return reference_in(row.database, row.row, member.written_column(), *member.parent, text);
}

Written part_level(NewRow& row, const Member& member, const std::string& text) {
    return word_in(row.add_part(member.written_column()), "access_level", member.words, text);
}

Written part_user(NewRow& row, const Member& member, const std::string& text) {
    ImportRow& part = row.add_part(member.written_column());
    return reference_in(row.database, part, "user_id", entities::kUser, text);
}

Written part_group(NewRow& row, const Member& member, const std::string& text) {
    ImportRow& part = row.add_part(member.written_column());
    return reference_in(row.database, part, "group_id", entities::kGroup, text);
}

Written part_deploy_key(NewRow& row, const Member& member, const std::string& text) {
    ImportRow& part = row.add_part(member.written_column());
    return reference_in(row.database, part, "deploy_key_id", entities::kDeployKey, text);
}

Written part_project(NewRow& row, const Member& member, const std::string& text) {
    ImportRow& part = row.add_part(member.written_column());
    return reference_in(row.database, part, "project_id", entities::kProject, text);
}

Written any_column(NewRow& row, const Table& table, const Column& column, const std::string& text) {
    const bool is_text = column.kind == Kind::text;
    if (text.empty() && (column.is_nullable || !is_text)) {
        row.set(column.name, Cell::Type::null, {});
        return {};
    }
    switch (column.kind) {
        case Kind::text:
            row.set(column.name, Cell::Type::text, text);
            return {};
        case Kind::boolean: {
            const auto value = as_boolean(text);
            if (!value) {
                return refused(fmt::format("'{}' is neither yes nor no", text));
            }
            row.set(column.name, Cell::Type::boolean, *value ? "true" : "false");
            return {};
        }
        case Kind::date:
            row.set(
                column.name,
                Cell::Type::text,
                text == "today" ? to_iso8601(SystemClock{}.today()) : text
            );
            return {};
        case Kind::timestamp:
            row.set(
                column.name,
                Cell::Type::text,
                text == "now" ? to_iso8601(SystemClock{}.now()) : start_of_day(text)
            );
            return {};
        case Kind::bigint:
        case Kind::integer:
        case Kind::smallint:
            break;
    }
    const ForeignKey* const to = reference_of(table, column.name);
    if (const Entity* const named = to == nullptr ? nullptr : named_in(to->parent_table)) {
        return reference_in(row.database, row.row, column.name, *named, text);
    }
    row.set(column.name, Cell::Type::number, text);
    return {};
}

}  // namespace innergate::admin::written
