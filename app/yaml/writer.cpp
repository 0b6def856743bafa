#include "app/yaml/writer.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/ascii.hpp"

namespace innergate::yaml {
namespace {

/// Whether any reader takes it for this text without quotes. Rather too seldom: quotes never harm.
bool is_plain_text(std::string_view text) {
    // YAML 1.1 has them for booleans, though Ruby's reader does not.
    constexpr std::array<std::string_view, 4> kBooleans{"y", "Y", "n", "N"};
    return !text.empty() && ascii::is_letter(text.front()) && !text.ends_with(' ') &&
           std::ranges::find(kBooleans, text) == kBooleans.end() &&
           ascii::has_only_letters_digits_and(" -./_", text) &&
           meaning_of({std::string{text}, false}) == Meaning::text;
}

/// What must be written as an escape: control characters, what YAML 1.1 takes for a line break,
/// and the byte order mark.
struct Escape {
    std::string_view bytes;
    std::string_view written;
};

constexpr std::array kEscapes{
    Escape{"\\", "\\\\"},
    Escape{"\"", "\\\""},
    Escape{"\n", "\\n"},
    Escape{"\r", "\\r"},
    Escape{"\t", "\\t"},
    Escape{"\xe2\x80\xa8", "\\u2028"},
    Escape{"\xe2\x80\xa9", "\\u2029"},
    Escape{"\xef\xbb\xbf", "\\uFEFF"},
};

bool is_control(char character) {
    const auto code = static_cast<unsigned char>(character);
    return code < 0x20 || code == 0x7f;
}

/// U+0080 to U+009F.
bool is_control_of_two_bytes(std::string_view text) {
    return text.size() > 1 && text[0] == '\xc2' && static_cast<unsigned char>(text[1]) < 0xa0;
}

/// The escape at the front of the text, which it takes off; empty: none is needed.
std::string take_escape(std::string_view& text) {
    const auto found = std::ranges::find_if(kEscapes, [text](const Escape& escape) {
        return text.starts_with(escape.bytes);
    });
    std::size_t size = 1;
    std::string written;
    if (found != kEscapes.end()) {
        size = found->bytes.size();
        written = found->written;
    } else if (is_control(text.front())) {
        written = fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    } else if (is_control_of_two_bytes(text)) {
        size = 2;
        written = fmt::format("\\x{:02X}", static_cast<unsigned char>(text[1]));
    } else {
        return written;
    }
    text.remove_prefix(size);
    return written;
}

std::string double_quoted(std::string_view text) {
    std::string written{'"'};
    while (!text.empty()) {
        if (const std::string escape = take_escape(text); !escape.empty()) {
            written += escape;
        } else {
            written += text.front();
            text.remove_prefix(1);
        }
    }
    return written + '"';
}

/// Single quotes can hold all but what needs an escape; of these they can hold the two marks.
bool fits_single_quotes(std::string_view text) {
    while (!text.empty()) {
        const bool is_mark = text.front() == '\\' || text.front() == '"';
        if (is_mark || take_escape(text).empty()) {
            text.remove_prefix(1);
        } else {
            return false;
        }
    }
    return true;
}

std::string single_quoted(std::string_view text) {
    std::string written{'\''};
    for (const char character : text) {
        written.append(character == '\'' ? 2 : 1, character);
    }
    return written + '\'';
}

std::string written(const Scalar& scalar) {
    switch (meaning_of(scalar)) {
        case Meaning::null:
            return "null";
        case Meaning::boolean:
            return Value{scalar}.boolean() == true ? "true" : "false";
        case Meaning::number:
            return scalar.text;
        case Meaning::text:
            break;
    }
    if (is_plain_text(scalar.text)) {
        return scalar.text;
    }
    return fits_single_quotes(scalar.text) ? single_quoted(scalar.text)
                                           : double_quoted(scalar.text);
}

bool has_members(const Value& value) {
    return value.mapping() != nullptr && !value.mapping()->empty();
}

bool has_elements(const Value& value) {
    return value.sequence() != nullptr && !value.sequence()->empty();
}

/// Of what needs no block.
std::string written_in_line(const Value& value) {
    if (value.mapping() != nullptr) {
        return "{}";
    }
    if (value.sequence() != nullptr) {
        return "[]";
    }
    return value.scalar() == nullptr ? "null" : written(*value.scalar());
}

/// Appends blocks. The first line of a block goes where the text stands.
class BlockWriter {
public:
    explicit BlockWriter(std::string& out) : out_(out) {}

    void write(const Value& value, std::size_t indentation) {
        if (has_members(value)) {
            write_mapping(*value.mapping(), indentation);
        } else if (has_elements(value)) {
            write_sequence(*value.sequence(), indentation);
        } else {
            out_ += written_in_line(value);
            out_ += '\n';
        }
    }

private:
    static constexpr std::size_t kStep = 2;

    void begin_line(std::size_t indentation) { out_.append(indentation, ' '); }

    void write_mapping(const Mapping& mapping, std::size_t indentation) {
        bool is_first = true;
        for (const Member& member : mapping) {
            if (!std::exchange(is_first, false)) {
                begin_line(indentation);
            }
            out_ += written(member.key);
            out_ += ':';
            write_behind_key(member.value, indentation);
        }
    }

    void write_behind_key(const Value& value, std::size_t indentation) {
        const std::size_t inner = has_members(value) ? indentation + kStep : indentation;
        if (has_members(value) || has_elements(value)) {
            out_ += '\n';
            begin_line(inner);
        } else {
            out_ += ' ';
        }
        write(value, inner);
    }

    void write_sequence(const Sequence& sequence, std::size_t indentation) {
        bool is_first = true;
        for (const Value& element : sequence) {
            if (!std::exchange(is_first, false)) {
                begin_line(indentation);
            }
            out_ += "- ";
            write(element, indentation + kStep);
        }
    }

    std::string& out_;
};

}  // namespace

std::string to_document(const Value& value) {
    std::string text{has_members(value) || has_elements(value) ? "---\n" : "--- "};
    BlockWriter{text}.write(value, 0);
    return text;
}

}  // namespace innergate::yaml
