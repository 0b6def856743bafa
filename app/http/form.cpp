#include "app/http/form.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <utf8.h>

#include "app/ascii.hpp"
#include "app/http/url.hpp"

namespace innergate::http {
namespace {

tl::unexpected<Error> malformed(std::string log_detail) {
    return request_failure(ErrorCode::bad_request, "Invalid parameters", std::move(log_detail));
}

/// `packs[][n]` is {"packs", "", "n"}; an empty step appends to an array.
std::vector<std::string_view> name_steps(std::string_view name) {
    const std::size_t bracket = name.find('[');
    if (bracket == std::string_view::npos || bracket == 0) {
        return {name};
    }
    std::vector<std::string_view> steps{name.substr(0, bracket)};
    std::string_view rest = name.substr(bracket);
    while (rest.starts_with('[')) {
        const std::size_t close = rest.find(']');
        if (close == std::string_view::npos) {
            return {name};
        }
        steps.push_back(rest.substr(1, close - 1));
        rest.remove_prefix(close + 1);
    }
    return steps;
}

/// Makes an untouched value the container that is wanted; false when it is something else already.
template <class Container>
Container* as_container(json::Value& value, Container* (json::Value::*access)()) {
    if (value.is_null()) {
        value = json::Value{Container{}};
    }
    return (value.*access)();
}

/// The tree that names with brackets describe. Where each member stands is remembered by the way to
/// it, so that a name is found at once among any number of others.
class Tree {
public:
    explicit Tree(json::Object& root) : root_(root) {}

    /// False: one name is used as a value and as a container.
    bool insert(std::span<const std::string_view> steps, std::string text) {
        std::string way;
        json::Value* place = &child(root_, way, steps.front());
        for (std::size_t index = 1; index < steps.size(); ++index) {
            if (!steps[index].empty()) {
                auto* const object = as_container<json::Object>(*place, &json::Value::object);
                if (object == nullptr) {
                    return false;
                }
                place = &child(*object, way, steps[index]);
                continue;
            }
            auto* const array = as_container<json::Array>(*place, &json::Value::array);
            if (array == nullptr) {
                return false;
            }
            const bool is_last = index + 1 == steps.size();
            place = is_last ? &array->emplace_back() : &element_for(*array, way, steps[index + 1]);
        }
        if (place->array() != nullptr || place->object() != nullptr) {
            return false;
        }
        *place = json::Value{std::move(text)};
        return true;
    }

private:
    /// No name holds a NUL.
    static std::string further(const std::string& way, std::string_view name) {
        std::string longer = way;
        longer.push_back('\0');
        longer.append(name);
        return longer;
    }

    json::Value& child(json::Object& object, std::string& way, std::string_view name) {
        way = further(way, name);
        const auto [place, is_new] = places_.try_emplace(way, object.size());
        if (is_new) {
            object.emplace_back(json::Member{std::string{name}, json::Value{}});
        }
        return object[place->second].value;
    }

    /// The element of `array` that a further `[key]` belongs to: the last one, or a new one when
    /// the last has that key already (Rack: a repeated key starts the next element).
    json::Value& element_for(json::Array& array, std::string& way, std::string_view next_key) {
        const auto way_to_last = [&] { return further(way, std::to_string(array.size())); };
        if (array.empty() || array.back().object() == nullptr ||
            places_.contains(further(way_to_last(), next_key))) {
            array.emplace_back(json::Object{});
        }
        way = way_to_last();
        return array.back();
    }

    json::Object& root_;
    std::unordered_map<std::string, std::size_t> places_;
};

/// Collects decoded pairs under the limits common to both encodings.
class Collector {
public:
    Collector(const FormLimits& limits, json::Object& into) : limits_(limits), tree_(into) {}

    Result<void> add(std::string_view name, std::string value) {
        if (++count_ > limits_.max_parameters) {
            return malformed("too many parameters");
        }
        const std::vector<std::string_view> steps = name_steps(name);
        if (steps.size() > limits_.max_depth) {
            return malformed("parameter nested too deeply");
        }
        if (!tree_.insert(steps, std::move(value))) {
            return malformed("one parameter name used as value and as container");
        }
        return {};
    }

private:
    const FormLimits& limits_;
    Tree tree_;
    std::size_t count_ = 0;
};

/// Cuts `text` at the first `separator`; the rest stays in `text`.
std::string_view take_until(std::string_view& text, std::string_view separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view head = text.substr(0, end);
    text.remove_prefix(std::min(end + separator.size(), text.size()));
    return head;
}

/// A parameter of a header field value, such as `boundary` or `name`; quotes removed.
std::optional<std::string_view> field_parameter(std::string_view field, std::string_view name) {
    while (!field.empty()) {
        std::string_view piece = take_until(field, ";");
        piece.remove_prefix(std::min(piece.find_first_not_of(" \t"), piece.size()));
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos || piece.substr(0, equals) != name) {
            continue;
        }
        std::string_view value = piece.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        return value;
    }
    return std::nullopt;
}

std::optional<std::string_view> part_name(std::string_view part_head) {
    while (!part_head.empty()) {
        const std::string_view line = take_until(part_head, "\r\n");
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos &&
            ascii::equal_ignoring_case(line.substr(0, colon), "content-disposition")) {
            return field_parameter(line.substr(colon + 1), "name");
        }
    }
    return std::nullopt;
}

bool is_text(std::string_view text) {
    return text.find('\0') == std::string_view::npos && utf8::is_valid(text.begin(), text.end());
}

}  // namespace

Result<void> parse_urlencoded(std::string_view text, const FormLimits& limits, json::Object& into) {
    Collector collector{limits, into};
    while (!text.empty()) {
        std::string_view pair = take_until(text, "&");
        if (pair.empty()) {
            continue;
        }
        std::string name;
        std::string value;
        if (!append_percent_decoded(take_until(pair, "="), PlusSign::space, name) ||
            !append_percent_decoded(pair, PlusSign::space, value)) {
            return malformed("undecodable parameter");
        }
        if (auto added = collector.add(name, std::move(value)); !added) {
            return added;
        }
    }
    return {};
}

Result<void> parse_multipart(
    std::string_view body,
    std::string_view content_type,
    const FormLimits& limits,
    json::Object& into
) {
    const auto boundary = field_parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70) {
        return malformed("multipart without a usable boundary");
    }
    const std::string delimiter = "--" + std::string{*boundary};
    const std::string separator = "\r\n" + delimiter;
    Collector collector{limits, into};
    if (!body.starts_with(delimiter)) {
        return malformed("multipart body does not start with its boundary");
    }
    body.remove_prefix(delimiter.size());
    while (body.starts_with("\r\n")) {
        body.remove_prefix(2);
        const std::size_t end = body.find(separator);
        const std::size_t head_end = body.find("\r\n\r\n");
        if (end == std::string_view::npos || head_end == std::string_view::npos || head_end > end) {
            return malformed("multipart part without an end");
        }
        const auto name = part_name(body.substr(0, head_end));
        const std::string_view content = body.substr(head_end + 4, end - head_end - 4);
        if (!name || !is_text(*name) || !is_text(content)) {
            return malformed("multipart part without a name or no text");
        }
        if (auto added = collector.add(*name, std::string{content}); !added) {
            return added;
        }
        body.remove_prefix(end + separator.size());
    }
    if (!body.starts_with("--")) {
        return malformed("multipart body without its closing boundary");
    }
    return {};
}

}  // namespace innergate::http
