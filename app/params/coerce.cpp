#include "app/params/coerce.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "app/decimal.hpp"
#include "app/written_time.hpp"

namespace innergate::params {
namespace {

constexpr std::array<std::string_view, 6> kTrueWords{"1", "t", "true", "y", "yes", "on"};
constexpr std::array<std::string_view, 6> kFalseWords{"0", "f", "false", "n", "no", "off"};

/// The text of a number or a string; nothing for the other types.
std::optional<std::string_view> scalar_text(const json::Value& value) {
    if (const std::string* const text = value.string()) {
        return *text;
    }
    if (const json::Number* const number = value.number()) {
        return number->text;
    }
    return std::nullopt;
}

std::optional<long long> whole_number(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    return parse_decimal<long long>(text);
}

/// `5.5` is 5. Nothing for a whole number, which is out of range then, and for what is out of
/// range.
std::optional<long long> cut_off(std::string_view number) {
    constexpr double kTooLarge = 9223372036854775808.0;
    if (number.find_first_of(".eE") == std::string_view::npos) {
        return std::nullopt;
    }
    const auto value = parse_decimal<double>(number);
    return value && *value >= -kTooLarge && *value < kTooLarge
               ? std::optional{static_cast<long long>(*value)}
               : std::nullopt;
}

bool is_one_of(std::string_view text, const std::array<std::string_view, 6>& lower_case_words) {
    const bool is_upper = std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    std::string folded;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const char character = text[index];
        const bool is_capital = character >= 'A' && character <= 'Z';
        if (is_capital && index > 0 && !is_upper) {
            return false;  // "yEs" is neither lower, Upper-first nor UPPER
        }
        folded.push_back(ascii::lower(character));
    }
    return std::ranges::find(lower_case_words, folded) != lower_case_words.end();
}

/// Of a list; nothing where one of them cannot be read.
template <class T>
std::optional<std::vector<T>> coerced_elements(const json::Value& value) {
    const json::Array* const elements = value.array();
    if (elements == nullptr) {
        return std::nullopt;
    }
    std::vector<T> all;
    all.reserve(elements->size());
    for (const json::Value& element : *elements) {
        auto one = coerced<T>(element);
        if (!one) {
            return std::nullopt;
        }
        all.push_back(*std::move(one));
    }
    return all;
}

}  // namespace

std::optional<std::string> coerce(
    const json::Value& value, std::type_identity<std::string> /*type*/
) {
    if (const bool* const boolean = value.boolean()) {
        return *boolean ? "true" : "false";
    }
    const auto text = scalar_text(value);
    return text ? std::optional{std::string{*text}} : std::nullopt;
}

std::optional<long long> coerce(const json::Value& value, std::type_identity<long long> /*type*/) {
    const auto text = scalar_text(value);
    return text ? whole_number(*text) : std::nullopt;
}

std::optional<int> coerce(const json::Value& value, std::type_identity<int> /*type*/) {
    const auto number = coerced<long long>(value);
    return number && std::in_range<int>(*number) ? std::optional{static_cast<int>(*number)}
                                                 : std::nullopt;
}

std::optional<bool> coerce(const json::Value& value, std::type_identity<bool> /*type*/) {
    if (const bool* const boolean = value.boolean()) {
        return *boolean;
    }
    const auto text = scalar_text(value);
    if (text && is_one_of(*text, kTrueWords)) {
        return true;
    }
    return text && is_one_of(*text, kFalseWords) ? std::optional{false} : std::nullopt;
}

std::optional<Date> coerce(const json::Value& value, std::type_identity<Date> /*type*/) {
    const std::string* const text = value.string();
    return text == nullptr ? std::nullopt : parse_written_date(without_quotes(*text));
}

std::optional<Timestamp> coerce(const json::Value& value, std::type_identity<Timestamp> /*type*/) {
    const std::string* const text = value.string();
    return text == nullptr ? std::nullopt : parse_written_time(without_quotes(*text));
}

std::optional<Unquoted> coerce(const json::Value& value, std::type_identity<Unquoted> /*type*/) {
    const auto text = coerced<std::string>(value);
    return text ? std::optional{Unquoted{std::string{without_quotes(*text)}}} : std::nullopt;
}

std::optional<std::vector<std::string>> coerce(
    const json::Value& value, std::type_identity<std::vector<std::string>> /*type*/
) {
    return coerced_elements<std::string>(value);
}

std::optional<OneOrMany> coerce(const json::Value& value, std::type_identity<OneOrMany> /*type*/) {
    if (value.array() != nullptr) {
        auto many = coerced_elements<std::string>(value);
        return many ? std::optional{OneOrMany{*std::move(many)}} : std::nullopt;
    }
    auto one = coerced<std::string>(value);
    return one ? std::optional{OneOrMany{{*std::move(one)}}} : std::nullopt;
}

std::optional<RubyInteger> coerce(
    const json::Value& value, std::type_identity<RubyInteger> /*type*/
) {
    std::optional<long long> number;
    if (const std::string* const text = value.string()) {
        number = whole_number(stripped(*text));
    } else if (const json::Number* const written = value.number()) {
        number = whole_number(written->text);
        number = number ? number : cut_off(written->text);
    }
    return number ? std::optional{RubyInteger{*number}} : std::nullopt;
}

std::optional<std::vector<RubyInteger>> coerce(
    const json::Value& value, std::type_identity<std::vector<RubyInteger>> /*type*/
) {
    return coerced_elements<RubyInteger>(value);
}

bool is_empty_text(const json::Value& value) {
    return value.string() != nullptr && value.string()->empty();
}

std::optional<long long> canonical_id(const json::Value& value) {
    const auto text = scalar_text(value);
    if (!text || text->empty() || text->front() < '0' || text->front() > '9') {
        return std::nullopt;
    }
    if (text->size() > 1 && text->front() == '0') {
        return std::nullopt;
    }
    return whole_number(*text);
}

}  // namespace innergate::params
