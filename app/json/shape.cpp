#include "app/json/shape.hpp"

namespace innergate::shape::detail {

void write_type(json::Writer& writer, std::string_view name, bool is_nullable) {
    if (!is_nullable) {
        writer.member("type", name);
        return;
    }
    writer.key("type");
    writer.begin_array();
    writer.value(name);
    writer.value("null");
    writer.end_array();
}

void write_doc(json::Writer& writer, const Doc& doc, bool is_nullable) {
    if (!doc.text.empty()) {
        writer.member("description", doc.text);
    }
    if (!doc.format.empty()) {
        writer.member("format", doc.format);
    }
    if (doc.choice_count == 0) {
        return;
    }
    writer.key("enum");
    writer.begin_array();
    for (std::size_t index = 0; index < doc.choice_count; ++index) {
        writer.value(doc.choices.at(index));
    }
    if (is_nullable) {
        writer.null();
    }
    writer.end_array();
}

}  // namespace innergate::shape::detail
