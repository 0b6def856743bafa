// JSON in; what was read is written out and read again, which must give the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/json/reader.hpp"
#include "app/json/writer.hpp"

using namespace innergate;

namespace {

void write(json::Writer& writer, const json::Value& value) {
    if (value.is_null()) {
        writer.null();
    } else if (const bool* const boolean = value.boolean()) {
        writer.value(*boolean);
    } else if (const json::Number* const number = value.number()) {
        writer.raw(number->text);
    } else if (const std::string* const text = value.string()) {
        writer.value(*text);
    } else if (const json::Array* const array = value.array()) {
        writer.begin_array();
        for (const json::Value& element : *array) {
            write(writer, element);
        }
        writer.end_array();
    } else if (const json::Object* const object = value.object()) {
        writer.begin_object();
        for (const json::Member& member : *object) {
            writer.key(member.name);
            write(writer, member.value);
        }
        writer.end_object();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = json::parse({reinterpret_cast<const char*>(data), size});
    if (!value) {
        return 0;
    }
    std::string text;
    json::Writer writer{text};
    write(writer, *value);
    const auto again = json::parse(text);
    if (!again || *again != *value) {
        std::abort();
    }
    return 0;
}
