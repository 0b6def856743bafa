#include "app/json/reader.hpp"

#include <utility>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <utf8.h>

namespace innergate::json {
namespace {

// RapidJSON's default is recursive: ten megabytes of '[' would overflow the stack.
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag;

/// RapidJSON's handler concept on our Events, with the limits RapidJSON does not know.
class Guard {
public:
    Guard(const rapidjson::MemoryStream& stream, const ReadLimits& limits, Events& events)
        : stream_(stream), limits_(limits), events_(events) {}

    [[nodiscard]] const std::string& refusal() const { return refusal_; }

    bool Null() { return count() && events_.null(stream_.Tell()); }
    bool Bool(bool value) { return count() && events_.boolean(value, stream_.Tell()); }
    bool RawNumber(const char* text, rapidjson::SizeType length, bool /*copy*/) {
        return count() && events_.number({text, length}, stream_.Tell());
    }
    bool String(const char* text, rapidjson::SizeType length, bool /*copy*/) {
        return count() && is_text({text, length}) && events_.string({text, length}, stream_.Tell());
    }
    bool Key(const char* text, rapidjson::SizeType length, bool /*copy*/) {
        return is_text({text, length}) && events_.key({text, length}, stream_.Tell());
    }
    bool StartObject() { return count() && descend() && events_.start_object(stream_.Tell()); }
    bool EndObject(rapidjson::SizeType /*members*/) {
        --depth_;
        return events_.end_object(stream_.Tell());
    }
    bool StartArray() { return count() && descend() && events_.start_array(stream_.Tell()); }
    bool EndArray(rapidjson::SizeType /*elements*/) {
        --depth_;
        return events_.end_array(stream_.Tell());
    }

    // Never called with kParseNumbersAsStringsFlag, but part of the concept.
    static bool Int(int /*value*/) { return false; }
    static bool Uint(unsigned /*value*/) { return false; }
    static bool Int64(std::int64_t /*value*/) { return false; }
    static bool Uint64(std::uint64_t /*value*/) { return false; }
    static bool Double(double /*value*/) { return false; }

private:
    bool refuse(std::string_view reason) {
        refusal_ = reason;
        return false;
    }

    bool count() {
        ++values_;
        return values_ <= limits_.max_values || refuse("too many values");
    }

    bool descend() {
        ++depth_;
        return depth_ <= limits_.max_depth || refuse("nested too deeply");
    }

    // RapidJSON 1.1 lets a lone low surrogate escape through, which is no UTF-8.
    bool is_text(std::string_view text) {
        if (text.find('\0') != std::string_view::npos) {
            return refuse("NUL in a string");
        }
        return utf8::is_valid(text.begin(), text.end()) || refuse("invalid UTF-8");
    }

    const rapidjson::MemoryStream& stream_;
    const ReadLimits& limits_;
    Events& events_;
    std::size_t depth_ = 0;
    std::size_t values_ = 0;
    std::string refusal_;
};

/// Builds the tree; open containers wait on a stack until they close.
class TreeBuilder final : public Events {
public:
    [[nodiscard]] Value take() { return std::move(root_); }

    bool null(std::size_t /*offset*/) override { return put(Value{}); }
    bool boolean(bool value, std::size_t /*offset*/) override { return put(Value{value}); }
    bool number(std::string_view text, std::size_t /*offset*/) override {
        return put(Value{Number{std::string{text}}});
    }
    bool string(std::string_view text, std::size_t /*offset*/) override {
        return put(Value{std::string{text}});
    }
    bool key(std::string_view name, std::size_t /*offset*/) override {
        open_.back().keys.emplace_back(name);
        return true;
    }
    bool start_object(std::size_t /*offset*/) override {
        open_.push_back({Value{Object{}}, {}});
        return true;
    }
    bool end_object(std::size_t /*offset*/) override { return close(); }
    bool start_array(std::size_t /*offset*/) override {
        open_.push_back({Value{Array{}}, {}});
        return true;
    }
    bool end_array(std::size_t /*offset*/) override { return close(); }

private:
    struct Open {
        Value container;
        std::vector<std::string> keys;  // the one key that waits for its value
    };

    bool close() {
        Value done = std::move(open_.back().container);
        open_.pop_back();
        return put(std::move(done));
    }

    bool put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return true;
        }
        Open& parent = open_.back();
        if (Array* const elements = parent.container.array()) {
            elements->push_back(std::move(value));
        } else {
            parent.container.object()->push_back({std::move(parent.keys.back()), std::move(value)});
            parent.keys.pop_back();
        }
        return true;
    }

    std::vector<Open> open_;
    Value root_;
};

}  // namespace

tl::expected<void, ParseError> parse_events(
    std::string_view text, const ReadLimits& limits, Events& events
) {
    // RapidJSON takes a NUL for the end of the text, so that what follows would go unread.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        return tl::unexpected(ParseError{nul, "NUL byte"});
    }
    rapidjson::MemoryStream stream{text.data(), text.size()};
    Guard guard{stream, limits, events};
    rapidjson::Reader reader;
    const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, guard);
    if (!parsed.IsError()) {
        return {};
    }
    if (parsed.Code() == rapidjson::kParseErrorTermination) {
        return tl::unexpected(ParseError{
            parsed.Offset(), guard.refusal().empty() ? "stopped" : guard.refusal()});
    }
    return tl::unexpected(ParseError{parsed.Offset(), rapidjson::GetParseError_En(parsed.Code())});
}

tl::expected<Value, ParseError> parse(std::string_view text, const ReadLimits& limits) {
    TreeBuilder builder;
    if (auto done = parse_events(text, limits, builder); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    return builder.take();
}

}  // namespace innergate::json
