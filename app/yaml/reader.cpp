#include "app/yaml/reader.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <fmt/format.h>
#include <utf8.h>

namespace innergate::yaml {
namespace {

/// Ends the parser from within an event, as its own faults do.
class Refused final : public YAML::ParserException {
public:
    using ParserException::ParserException;
};

/// What a value takes with its aliases written out.
struct Extent {
    std::size_t nodes = 1;
    std::size_t text_bytes = 0;
    std::size_t height = 0;  ///< levels below it

    void add_child(const Extent& child) {
        nodes += child.nodes;
        text_bytes += child.text_bytes;
        height = std::max(height, child.height + 1);
    }
};

constexpr std::string_view kYamlTags = "tag:yaml.org,2002:";

bool asks_for_object(std::string_view tag) {
    return tag.starts_with("!ruby/") || tag.starts_with("tag:ruby.yaml.org,2002:");
}

/// The parser gives `?` to plain scalars and `!` to quoted ones; an explicit tag hides which it
/// was.
bool is_quoted(std::string_view tag) {
    if (tag.empty() || tag == "?") {
        return false;
    }
    if (!tag.starts_with(kYamlTags)) {
        return true;
    }
    const std::string_view type = tag.substr(kYamlTags.size());
    return type != "int" && type != "float" && type != "bool" && type != "null";
}

/// The parser makes one byte each, instead of UTF-8's two, of the escapes `\N` (U+0085) and `\_`
/// (U+00A0). All else in a text that came as UTF-8 is UTF-8.
std::string as_utf8(const std::string& text) {
    std::string repaired;
    auto rest = text.begin();
    for (auto bad = utf8::find_invalid(rest, text.end()); bad != text.end();
         bad = utf8::find_invalid(rest, text.end())) {
        repaired.append(rest, bad);
        repaired += '\xc2';
        repaired += *bad;
        rest = std::next(bad);
    }
    repaired.append(rest, text.end());
    return repaired;
}

/// The members in the order in which their keys first came, each with its last value.
class MappingBuilder {
public:
    void add(const Scalar& key, const Value& value) {
        const auto [at, is_new] = places_.try_emplace(identity_of(key), members_.size());
        if (is_new) {
            members_.push_back({key, value});
        } else {
            members_[at->second].value = value;
        }
    }

    /// A merge key: a mapping, or mappings of which the first has the last word. As Psych does,
    /// what is neither is an ordinary member.
    void merge(const Scalar& key, const Value& value) {
        if (value.mapping() != nullptr) {
            add_all(*value.mapping());
        } else if (value.sequence() != nullptr && are_mappings(*value.sequence())) {
            const Sequence& mappings = *value.sequence();
            std::for_each(mappings.rbegin(), mappings.rend(), [this](const Value& mapping) {
                add_all(*mapping.mapping());
            });
        } else {
            add(key, value);
        }
    }

    [[nodiscard]] Value take() { return Value{std::move(members_)}; }

private:
    /// Equal for keys that are equal, by a first character for what they mean.
    static std::string identity_of(const Scalar& key) {
        switch (meaning_of(key)) {
            case Meaning::null:
                return "~";
            case Meaning::boolean:
                return Value{key}.boolean() == true ? "+" : "-";
            case Meaning::number:
                return "#" + key.text;
            case Meaning::text:
                break;
        }
        return "'" + key.text;
    }

    static bool are_mappings(const Sequence& values) {
        return std::ranges::all_of(values, [](const Value& value) {
            return value.mapping() != nullptr;
        });
    }

    void add_all(const Mapping& mapping) {
        for (const Member& member : mapping) {
            add(member.key, member.value);
        }
    }

    Mapping members_;
    std::unordered_map<std::string, std::size_t> places_;
};

/// Builds the values as the parser goes, and ends it at the first limit.
class Builder final : public YAML::EventHandler {
public:
    explicit Builder(const ReadLimits& limits) : limits_(limits) {}

    [[nodiscard]] Value take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        put(mark, anchor, Value{Scalar{}}, {});
    }
    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& text
    ) override {
        refuse_objects(mark, tag);
        put(mark, anchor, Value{Scalar{as_utf8(text), is_quoted(tag)}}, {.text_bytes = text.size()}
        );
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchored_.find(anchor);
        if (found == anchored_.end()) {
            throw Refused{mark, "an alias inside of what it stands for"};
        }
        put(mark, YAML::NullAnchor, found->second.value, found->second.extent);
    }
    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/
    ) override {
        refuse_objects(mark, tag);
        open(mark, anchor, Kind::sequence);
    }
    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/
    ) override {
        refuse_objects(mark, tag);
        open(mark, anchor, Kind::mapping);
    }
    void OnSequenceEnd() override {
        Open done = close();
        put(done.mark, done.anchor, Value{std::move(done.elements)}, done.extent);
    }
    void OnMapEnd() override {
        Open done = close();
        put(done.mark, done.anchor, done.members.take(), done.extent);
    }

private:
    enum class Kind { sequence, mapping };

    struct Open {
        Kind kind;
        YAML::Mark mark;
        YAML::anchor_t anchor;
        Extent extent = {};
        Sequence elements = {};
        MappingBuilder members = {};
        std::optional<Scalar> key = std::nullopt;  ///< waits for its value
    };

    struct Anchored {
        Value value;
        Extent extent;
    };

    static void refuse_objects(const YAML::Mark& mark, const std::string& tag) {
        if (asks_for_object(tag)) {
            throw Refused{mark, "a tag that asks for an object"};
        }
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, Kind kind) {
        if (open_.size() + 1 > limits_.max_depth) {
            throw Refused{mark, "nested too deeply"};
        }
        // Empty ones have no child that would count them.
        count(mark, {});
        open_.push_back({.kind = kind, .mark = mark, .anchor = anchor});
    }

    Open close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        // It counts again when it is put.
        nodes_ -= done.extent.nodes;
        text_bytes_ -= done.extent.text_bytes;
        return done;
    }

    void count(const YAML::Mark& mark, const Extent& extent) {
        nodes_ += extent.nodes;
        text_bytes_ += extent.text_bytes;
        if (nodes_ > limits_.max_nodes) {
            throw Refused{mark, "too many values, aliases counted as what they stand for"};
        }
        if (text_bytes_ > limits_.max_text_bytes) {
            throw Refused{mark, "too much text, aliases counted as what they stand for"};
        }
    }

    void put(
        const YAML::Mark& mark, YAML::anchor_t anchor, const Value& value, const Extent& extent
    ) {
        count(mark, extent);
        if (open_.size() + extent.height > limits_.max_depth) {
            throw Refused{mark, "nested too deeply"};
        }
        if (anchor != YAML::NullAnchor) {
            anchored_.insert_or_assign(anchor, Anchored{value, extent});
        }
        if (open_.empty()) {
            root_ = value;
            return;
        }
        Open& parent = open_.back();
        parent.extent.add_child(extent);
        if (parent.kind == Kind::sequence) {
            parent.elements.push_back(value);
        } else if (parent.key) {
            put_member(parent, value);
        } else {
            parent.key = as_key(mark, value);
        }
    }

    static void put_member(Open& parent, const Value& value) {
        const Scalar key = *std::exchange(parent.key, std::nullopt);
        if (key.text == "<<" && !key.is_quoted) {
            parent.members.merge(key, value);
        } else {
            parent.members.add(key, value);
        }
    }

    [[nodiscard]] Scalar as_key(const YAML::Mark& mark, const Value& value) const {
        if (value.scalar() == nullptr) {
            throw Refused{mark, "a key that is no scalar"};
        }
        if (value.scalar()->text.size() > limits_.max_key_bytes) {
            throw Refused{mark, "a key that is too long"};
        }
        return *value.scalar();
    }

    const ReadLimits& limits_;
    std::vector<Open> open_;
    std::unordered_map<YAML::anchor_t, Anchored> anchored_;
    std::size_t nodes_ = 0;
    std::size_t text_bytes_ = 0;
    Value root_;
};

/// The control characters that YAML 1.1 does not allow in a text. The parser takes one of them for
/// the text's end.
bool is_forbidden(char character) {
    const auto code = static_cast<unsigned char>(character);
    return (code < 0x20 && character != '\t' && character != '\n' && character != '\r') ||
           code == 0x7f;
}

/// Empty: nothing.
std::string_view fault_of(std::string_view text, const ReadLimits& limits) {
    if (text.size() > limits.max_bytes) {
        return "too large";
    }
    if (!utf8::is_valid(text.begin(), text.end())) {
        return "not UTF-8";
    }
    return std::ranges::any_of(text, is_forbidden) ? "a control character" : "";
}

}  // namespace

std::string to_string(const ParseError& error) {
    return error.line == 0
               ? error.reason
               : fmt::format("line {}, column {}: {}", error.line, error.column, error.reason);
}

tl::expected<Value, ParseError> parse(std::string_view text, const ReadLimits& limits) {
    if (const std::string_view fault = fault_of(text, limits); !fault.empty()) {
        return tl::unexpected(ParseError{.reason = std::string{fault}});
    }
    Builder builder{limits};
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        parser.HandleNextDocument(builder);
    } catch (const YAML::Exception& error) {
        if (error.mark.is_null()) {
            return tl::unexpected(ParseError{.reason = error.msg});
        }
        return tl::unexpected(ParseError{
            static_cast<std::size_t>(error.mark.line) + 1,
            static_cast<std::size_t>(error.mark.column) + 1,
            error.msg});
    }
    return builder.take();
}

}  // namespace innergate::yaml
