#include "app/yaml/value.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <utility>

#include "app/ascii.hpp"
#include "app/decimal.hpp"

namespace innergate::yaml {
namespace {

struct Word {
    std::string_view text;
    Meaning meaning;
    bool is_true = false;
};

// In any case, as Psych takes them. `y` and `n` are text to it.
constexpr std::array kWords{
    Word{"", Meaning::null},
    Word{"~", Meaning::null},
    Word{"null", Meaning::null},
    Word{"true", Meaning::boolean, true},
    Word{"yes", Meaning::boolean, true},
    Word{"on", Meaning::boolean, true},
    Word{"false", Meaning::boolean},
    Word{"no", Meaning::boolean},
    Word{"off", Meaning::boolean},
    Word{".inf", Meaning::number},
    Word{"+.inf", Meaning::number},
    Word{"-.inf", Meaning::number},
    Word{".nan", Meaning::number},
};

constexpr std::size_t kLongestNumber = 64;

const Word* find_word(std::string_view text) {
    const auto found = std::ranges::find_if(kWords, [text](const Word& word) {
        return ascii::equal_ignoring_case(text, word.text);
    });
    return found == kWords.end() ? nullptr : &*found;
}

/// As the expressions of Psych's scanner of scalars: integers to four bases, of base 60, decimal
/// fractions. Longer than any real number: text.
bool is_number(const std::string& text) {
    static const std::regex number{
        "[-+]?(0b[01_,]+|0[0-7_,]+|0|[1-9]([0-9]|[,_][0-9])*|0x[0-9a-fA-F_,]+"
        "|[0-9][0-9_]*(:[0-5]?[0-9]){1,2}(\\.[0-9_]*)?"
        "|[0-9][0-9_,]*\\.[0-9]*([eE][-+][0-9]+)?|\\.[0-9]+([eE][-+][0-9]+)?)",
        std::regex::optimize};
    constexpr std::string_view kFirst = "0123456789+-.";
    return !text.empty() && text.size() <= kLongestNumber &&
           kFirst.find(text.front()) != std::string_view::npos && std::regex_match(text, number);
}

}  // namespace

Meaning meaning_of(const Scalar& scalar) {
    if (scalar.is_quoted) {
        return Meaning::text;
    }
    if (const Word* const word = find_word(scalar.text)) {
        return word->meaning;
    }
    return is_number(scalar.text) ? Meaning::number : Meaning::text;
}

bool operator==(const Scalar& left, const Scalar& right) {
    const Meaning meaning = meaning_of(left);
    if (meaning != meaning_of(right)) {
        return false;
    }
    switch (meaning) {
        case Meaning::null:
            return true;
        case Meaning::boolean:
            return find_word(left.text)->is_true == find_word(right.text)->is_true;
        case Meaning::number:
        case Meaning::text:
            break;
    }
    return left.text == right.text;
}

Value::Value(Data data) : data_(std::make_shared<const Data>(std::move(data))) {}

bool Value::is_null() const {
    return data_ == nullptr || (scalar() != nullptr && meaning_of(*scalar()) == Meaning::null);
}

const std::string* Value::string() const {
    const Scalar* const found = scalar();
    return found != nullptr && meaning_of(*found) == Meaning::text ? &found->text : nullptr;
}

std::optional<bool> Value::boolean() const {
    const Scalar* const found = scalar();
    const Word* const word =
        found == nullptr || found->is_quoted ? nullptr : find_word(found->text);
    return word != nullptr && word->meaning == Meaning::boolean ? std::optional{word->is_true}
                                                                : std::nullopt;
}

std::optional<long long> Value::integer() const {
    const Scalar* const found = scalar();
    if (found == nullptr || found->is_quoted) {
        return std::nullopt;
    }
    const std::string& text = found->text;
    const bool has_leading_zero = text.size() > 1 && text.front() == '0';
    return has_leading_zero ? std::nullopt : parse_decimal<long long>(text);
}

const Value* Value::find(std::string_view key) const {
    if (mapping() == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(*mapping(), [key](const Member& member) {
        return member.key.text == key;
    });
    return found == mapping()->end() ? nullptr : &found->value;
}

bool operator==(const Value& left, const Value& right) {
    if (left.data_ == right.data_) {
        return true;
    }
    if (left.data_ == nullptr || right.data_ == nullptr) {
        return left.is_null() && right.is_null();
    }
    return *left.data_ == *right.data_;
}

}  // namespace innergate::yaml
