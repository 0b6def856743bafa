// JSON text out: compact, appended to a string, always valid UTF-8.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include <rapidjson/writer.h>

#include "app/clock.hpp"
#include "app/json/value.hpp"

namespace innergate::json {

/// Appends one document to `out`, which must outlive the writer. Calls must form a document;
/// RapidJSON asserts on a value without its key.
class Writer {
public:
    explicit Writer(std::string& out) : sink_{out}, writer_{sink_} {}

    void begin_object() { writer_.StartObject(); }
    void end_object() { writer_.EndObject(); }
    void begin_array() { writer_.StartArray(); }
    void end_array() { writer_.EndArray(); }
    void key(std::string_view name) {
        writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    }

    void null() { writer_.Null(); }
    /// Bytes that are no UTF-8 become U+FFFD: an answer a client cannot parse helps nobody.
    void value(std::string_view text);
    void value(const char* text) { value(std::string_view{text}); }
    void value(const std::string& text) { value(std::string_view{text}); }
    void value(bool boolean) { writer_.Bool(boolean); }
    void value(double number) { writer_.Double(number); }
    template <std::integral Integer>
    void value(Integer number) {
        if constexpr (std::signed_integral<Integer>) {
            writer_.Int64(number);
        } else {
            writer_.Uint64(number);
        }
    }
    /// `"2020-07-24"`
    void value(Date date);
    /// `"2019-06-27T15:29:02.219Z"`
    void value(Timestamp time);
    /// An empty optional is `null`.
    template <class T>
    void value(const std::optional<T>& maybe) {
        if (maybe) {
            value(*maybe);
        } else {
            null();
        }
    }
    /// As it was read: numbers keep their digits, objects their order.
    void value(const Value& document);
    /// Text that is JSON already, such as a stored document.
    void raw(std::string_view json) {
        writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType);
    }

    template <class T>
    void member(std::string_view name, const T& content) {
        key(name);
        value(content);
    }

private:
    struct Sink {
        using Ch = char;
        std::string& out;
        // The names of what RapidJSON calls on an output stream.
        // NOLINTBEGIN(readability-identifier-naming)
        void Put(char character) { out.push_back(character); }
        static void Flush() {}
        // NOLINTEND(readability-identifier-naming)
    };

    Sink sink_;
    rapidjson::Writer<Sink> writer_;
};

}  // namespace innergate::json
