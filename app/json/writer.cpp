#include "app/json/writer.hpp"

#include <iterator>

#include <utf8.h>

#include "app/time_format.hpp"

namespace innergate::json {

void Writer::value(std::string_view text) {
    if (utf8::is_valid(text.begin(), text.end())) {
        writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
        return;
    }
    std::string repaired;
    utf8::replace_invalid(text.begin(), text.end(), std::back_inserter(repaired));
    writer_.String(repaired.data(), static_cast<rapidjson::SizeType>(repaired.size()));
}

void Writer::value(Date date) {
    value(to_iso8601(date));
}

void Writer::value(Timestamp time) {
    value(to_iso8601(time));
}

// The reader's limit on nesting is one on this recursion.
// NOLINTNEXTLINE(misc-no-recursion)
void Writer::value(const Value& document) {
    if (const Object* const members = document.object()) {
        begin_object();
        for (const Member& member : *members) {
            key(member.name);
            value(member.value);
        }
        end_object();
    } else if (const Array* const elements = document.array()) {
        begin_array();
        for (const Value& element : *elements) {
            value(element);
        }
        end_array();
    } else if (const std::string* const text = document.string()) {
        value(*text);
    } else if (const Number* const number = document.number()) {
        raw(number->text);
    } else if (const bool* const boolean = document.boolean()) {
        value(*boolean);
    } else {
        null();
    }
}

}  // namespace innergate::json
