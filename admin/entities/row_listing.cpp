#include "admin/entities/row_listing.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "admin/entities/stored_value.hpp"
#include <fmt/format.h>
#include <utf8.h>

#include "app/json/reader.hpp"

namespace innergate::admin {
namespace {

using Columns = std::vector<const Member*>;

json::Array cells_of(const std::string& row, std::size_t count) {
    auto document = json::parse(row);
    if (!document || document->array() == nullptr || document->array()->size() != count) {
        throw std::runtime_error{"the database gave a row that cannot be read"};
    }
    return std::move(*document->array());
}

std::string as_json(const Member& column, const json::Value& value) {
    std::string text;
    json::Writer writer{text};
    const JsonShape shape = column.holds_json_array ? JsonShape::array : JsonShape::none;
    write_stored(writer, column.kind, shape, value);
    return text;
}

/// Keeps control characters escaped: they would end the line or worse, whatever a row holds.
std::string as_text(const Member& column, const json::Value& value) {
    if (value.is_null()) {
        return "-";
    }
    const std::string text = as_json(column, value);
    const bool is_plain_string = text.starts_with('"') && text.find('\\') == std::string::npos;
    return is_plain_string ? text.substr(1, text.size() - 2) : text;
}

void write_object(json::Writer& writer, const Columns& columns, const json::Array& cells) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
        writer.key(columns[at]->name);
        writer.raw(as_json(*columns[at], cells[at]));
    }
}

void print_table(std::ostream& out, const std::vector<std::vector<std::string>>& lines) {
    std::vector<std::size_t> widths(lines.front().size(), 0);
    const auto width_of = [](const std::string& text) {
        return static_cast<std::size_t>(utf8::unchecked::distance(text.begin(), text.end()));
    };
    for (const std::vector<std::string>& line : lines) {
        for (std::size_t at = 0; at < line.size(); ++at) {
            widths[at] = std::max(widths[at], width_of(line[at]));
        }
    }
    for (const std::vector<std::string>& line : lines) {
        for (std::size_t at = 0; at < line.size(); ++at) {
            const bool is_last = at + 1 == line.size();
            const std::size_t padding = is_last ? 0 : widths[at] - width_of(line[at]) + 2;
            out << line[at] << std::string(padding, ' ');
        }
        out << '\n';
    }
}

void complete(const Columns& columns, json::Array& cells, long long id) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (columns[at]->completed != nullptr) {
            cells[at] = columns[at]->completed(id, cells[at]);
        }
    }
}

}  // namespace

void print_list(
    Context& context,
    Database& database,
    const Entity& entity,
    const std::vector<rows::Filter>& filters
) {
    rows::EntityRows rows{database, entity};
    const Columns columns = rows.columns();
    if (context.json) {
        std::string_view separator = "[";
        rows.each(filters, [&](const std::string& row) {
            std::string text;
            json::Writer writer{text};
            writer.begin_object();
            write_object(writer, columns, cells_of(row, columns.size()));
            writer.end_object();
            context.out << std::exchange(separator, ",\n") << text;
        });
        context.out << (separator == "[" ? "[]\n" : "]\n");
        return;
    }
    std::vector<std::vector<std::string>> lines(1);
    for (const Member* const column : columns) {
        lines.front().emplace_back(column->name);
    }
    rows.each(filters, [&](const std::string& row) {
        const json::Array cells = cells_of(row, columns.size());
        std::vector<std::string>& line = lines.emplace_back();
        for (std::size_t at = 0; at < columns.size(); ++at) {
            line.push_back(as_text(*columns[at], cells[at]));
        }
    });
    print_table(context.out, lines);
}

void print_row(Context& context, Database& database, const Entity& entity, long long id) {
    print_added(context, database, entity, {id, {}});
}

void print_added(Context& context, Database& database, const Entity& entity, const Added& added) {
    rows::EntityRows rows{database, entity};
    const Columns columns = rows.columns(rows::Extent::with_details);
    const auto print = [&](const std::string& row) {
        json::Array cells = cells_of(row, columns.size());
        complete(columns, cells, added.id);
        if (context.json) {
            std::string text;
            json::Writer writer{text};
            writer.begin_object();
            write_object(writer, columns, cells);
            if (!added.secret.empty()) {
                writer.member("token", added.secret);
            }
            writer.end_object();
            context.out << text << '\n';
            return;
        }
        for (std::size_t at = 0; at < columns.size(); ++at) {
            context.out << fmt::format(
                "{}: {}\n", columns[at]->name, as_text(*columns[at], cells[at])
            );
        }
        if (!added.secret.empty()) {
            context.out << fmt::format("token: {}  (it is not shown again)\n", added.secret);
        }
    };
    rows.each({{"id", added.id}}, print, rows::Extent::with_details);
}

void print_removed(Context& context, const Entity& entity, long long id) {
    if (context.json) {
        std::string text;
        json::Writer writer{text};
        writer.begin_object();
        writer.member("removed", id);
        writer.end_object();
        context.out << text << '\n';
    } else {
        const std::string_view separator = entity.stays.empty() ? "" : "; ";
        context.out << fmt::format("{} {} removed{}{}\n", entity.name, id, separator, entity.stays);
    }
}

}  // namespace innergate::admin
