#include "admin/entities/stored_value.hpp"

#include <optional>
#include <string>

#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

/// PostgreSQL prints microseconds and an offset, SQLite holds the text that was put in.
std::string in_one_form(Kind kind, const std::string& text) {
    const auto time = kind == Kind::timestamp ? parse_timestamp(text) : std::nullopt;
    return time ? to_iso8601(*time) : text;
}

}  // namespace

void write_stored(json::Writer& writer, Kind kind, JsonShape shape, const json::Value& value) {
    if (value.is_null()) {
        writer.null();
    } else if (const bool* const boolean = value.boolean()) {
        writer.value(*boolean);
    } else if (const json::Number* const number = value.number()) {
        if (kind == Kind::boolean) {
            writer.value(number->text != "0");  // SQLite has 0 and 1
        } else {
            writer.raw(number->text);
        }
    } else if (const std::string* const text = value.string()) {
        const auto compact = shape == JsonShape::none ? std::nullopt : compact_json(*text);
        if (compact && has_shape(*compact, shape)) {
            writer.raw(*compact);
        } else {
            writer.value(in_one_form(kind, *text));
        }
    }
}

}  // namespace innergate::admin
