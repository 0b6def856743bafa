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

}  // namespace

bool coerce(const json::Value& value, std::string& out) {
    if (const bool* const boolean = value.boolean()) {
        out = *boolean ? "true" : "false";
        return true;
    }
    const auto text = scalar_text(value);
    if (text) {
        out = *text;
    }
    return text.has_value();
}

bool coerce(const json::Value& value, long long& out) {
    const auto text = scalar_text(value);
    const auto number = text ? whole_number(*text) : std::nullopt;
    if (number) {
        out = *number;
    }
    return number.has_value();
}

bool coerce(const json::Value& value, int& out) {
    long long number = 0;
    if (!coerce(value, number) || !std::in_range<int>(number)) {
        return false;
    }
    out = static_cast<int>(number);
    return true;
}

bool coerce(const json::Value& value, bool& out) {
    if (const bool* const boolean = value.boolean()) {
        out = *boolean;
        return true;
    }
    const auto text = scalar_text(value);
    if (text && is_one_of(*text, kTrueWords)) {
        out = true;
        return true;
    }
    if (text && is_one_of(*text, kFalseWords)) {
        out = false;
        return true;
    }
    return false;
}

bool coerce(const json::Value& value, Date& out) {
    const std::string* const text = value.string();
    const auto date = text == nullptr ? std::nullopt : parse_written_date(without_quotes(*text));
    if (date) {
        out = *date;
    }
    return date.has_value();
}

bool coerce(const json::Value& value, Timestamp& out) {
    const std::string* const text = value.string();
    const auto time = text == nullptr ? std::nullopt : parse_written_time(without_quotes(*text));
    if (time) {
        out = *time;
    }
    return time.has_value();
}

bool coerce(const json::Value& value, Unquoted& out) {
    std::string text;
    if (!coerce(value, text)) {
        return false;
    }
    out.text = without_quotes(text);
    return true;
}

bool coerce(const json::Value& value, std::vector<std::string>& out) {
    const json::Array* const elements = value.array();
    if (elements == nullptr) {
        return false;
    }
    out.clear();
    return std::ranges::all_of(*elements, [&out](const json::Value& element) {
        return coerce(element, out.emplace_back());
    });
}

bool coerce(const json::Value& value, OneOrMany& out) {
    if (value.array() != nullptr) {
        return coerce(value, out.values);
    }
    std::string single;
    if (!coerce(value, single)) {
        return false;
    }
    out.values.clear();
    out.values.push_back(std::move(single));
    return true;
}

bool coerce(const json::Value& value, RubyInteger& out) {
    std::optional<long long> number;
    if (const std::string* const text = value.string()) {
        number = whole_number(stripped(*text));
    } else if (const json::Number* const written = value.number()) {
        number = whole_number(written->text);
        number = number ? number : cut_off(written->text);
    }
    out.value = number.value_or(0);
    return number.has_value();
}

bool coerce(const json::Value& value, std::vector<RubyInteger>& out) {
    const json::Array* const elements = value.array();
    if (elements == nullptr) {
        return false;
    }
    out.clear();
    out.reserve(elements->size());
    return std::ranges::all_of(*elements, [&out](const json::Value& element) {
        return coerce(element, out.emplace_back());
    });
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
