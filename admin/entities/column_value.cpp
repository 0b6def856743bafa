#include "admin/entities/column_value.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "admin/import/json_text.hpp"
#include <fmt/format.h>

#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

std::string_view to_string(Cell::Type type) {
    switch (type) {
        case Cell::Type::null:
            return "null";
        case Cell::Type::boolean:
            return "a boolean";
        case Cell::Type::number:
            return "a number";
        case Cell::Type::text:
            return "a string";
        case Cell::Type::json:
            return "an array or object";
    }
    return "";
}

tl::unexpected<std::string> wrong_type(std::string_view wanted, const Cell& cell) {
    return tl::unexpected(fmt::format("must be {}, not {}", wanted, to_string(cell.type)));
}

template <class Integer>
tl::expected<Value, std::string> to_integer(const Cell& cell) {
    if (cell.type != Cell::Type::number) {
        return wrong_type("an integer", cell);
    }
    Integer number = 0;
    const char* const end = cell.text.data() + cell.text.size();
    const auto [stop, fault] = std::from_chars(cell.text.data(), end, number);
    if (fault == std::errc::result_out_of_range) {
        return tl::unexpected(fmt::format(
            "must be from {} to {}",
            std::numeric_limits<Integer>::min(),
            std::numeric_limits<Integer>::max()
        ));
    }
    if (fault != std::errc{} || stop != end) {
        return tl::unexpected(std::string{"must be an integer, without fraction or exponent"});
    }
    return std::to_string(number);
}

tl::expected<Value, std::string> to_text(const Cell& cell, JsonShape shape) {
    if (shape == JsonShape::none) {
        return cell.type == Cell::Type::text ? tl::expected<Value, std::string>{cell.text}
                                             : wrong_type("a string", cell);
    }
    const std::string_view wanted = shape == JsonShape::array ? "a JSON array" : "a JSON object";
    if (cell.type != Cell::Type::json && cell.type != Cell::Type::text) {
        return wrong_type(wanted, cell);
    }
    auto compact = compact_json(cell.text);
    if (!compact || !has_shape(*compact, shape)) {
        return tl::unexpected(fmt::format("must be {}, or such a text", wanted));
    }
    return Value{std::move(*compact)};
}

template <class Time>
tl::expected<Value, std::string> to_time(
    const Cell& cell, const std::optional<Time>& time, std::string_view wanted
) {
    if (cell.type != Cell::Type::text) {
        return wrong_type(wanted, cell);
    }
    if (!time) {
        return tl::unexpected(fmt::format("must be {}", wanted));
    }
    return to_iso8601(*time);
}

}  // namespace

tl::expected<Value, std::string> to_value(
    const Cell& cell, const Table& table, const Column& column
) {
    if (cell.type == Cell::Type::null) {
        if (!column.is_nullable) {
            return tl::unexpected(std::string{"must not be null"});
        }
        return Value{};
    }
    switch (column.kind) {
        case Kind::bigint:
            return to_integer<std::int64_t>(cell);
        case Kind::integer:
            return to_integer<std::int32_t>(cell);
        case Kind::smallint:
            return to_integer<std::int16_t>(cell);
        case Kind::boolean:
            if (cell.type != Cell::Type::boolean) {
                return wrong_type("true or false", cell);
            }
            return Value{cell.text == "true" ? "1" : "0"};
        case Kind::text:
            return to_text(cell, json_shape(table.name, column.name));
        case Kind::date:
            return to_time(cell, parse_date(cell.text), "a date such as \"2020-07-15\"");
        case Kind::timestamp:
            return to_time(
                cell,
                parse_timestamp(cell.text),
                "a time in UTC such as \"2019-06-27T15:29:02.219Z\""
            );
    }
    return tl::unexpected(std::string{"is of an unknown type"});
}

const Value* RowValues::find(std::string_view column) const {
    const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) {
        return entry.first->name == column;
    });
    return found == entries_.end() ? nullptr : &found->second;
}

void RowValues::set(std::string_view name, Value value) {
    const Column* const column = table_->find_column(name);
    if (column == nullptr) {
        throw std::logic_error{"no column " + table_->name + "." + std::string{name}};
    }
    // Columns of a table lie in one vector, so their addresses are in its order.
    const auto place = std::ranges::lower_bound(entries_, column, {}, &Entry::first);
    if (place != entries_.end() && place->first == column) {
        place->second = std::move(value);
    } else {
        entries_.insert(place, {column, std::move(value)});
    }
}

void RowValues::erase(std::string_view column) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.first->name == column; });
}

void RowValues::write(json::Writer& writer) const {
    writer.begin_array();
    for (const auto& [column, value] : entries_) {
        write_value(writer, column->kind, value);
    }
    writer.end_array();
}

void write_value(json::Writer& writer, Kind kind, const Value& value) {
    if (!value) {
        writer.null();
        return;
    }
    switch (kind) {
        case Kind::bigint:
        case Kind::integer:
        case Kind::smallint:
        case Kind::boolean:
            writer.raw(*value);
            return;
        case Kind::text:
        case Kind::date:
        case Kind::timestamp:
            writer.value(*value);
            return;
    }
}

}  // namespace innergate::admin
