// Rules for parameters of which only certain words are known.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "app/json/value.hpp"
#include "app/params/description.hpp"
#include "app/params/messages.hpp"
#include "app/params/schema.hpp"

namespace innergate::params {

/// A word in lower case, and what it stands for.
template <class Value>
struct Word {
    std::string_view word;
    Value value;
};

/// One of the words must be there. GitLab folds the case before it looks whether there is anything,
/// so what is missing is also invalid.
template <class Request, class Value>
struct Choice {
    std::string_view name;
    Value Request::*member;
    std::span<const Word<Value>> words;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        const std::string* const text = value == nullptr ? nullptr : value->string();
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
        }
        if (text == nullptr) {
            faults.add(name, messages::kInvalid);
            return;
        }
        const auto found = std::ranges::find(words, ascii::lower(*text), &Word<Value>::word);
        if (found == words.end()) {
            faults.add(name, messages::kNotAValidValue);
        } else {
            request.*member = found->value;
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = Type::string, .need = Need::required, .doc = doc};
    }
};

/// One of the words must be there, as it is written.
template <class Request, class Value>
struct OneOf {
    std::string_view name;
    Value Request::*member;
    std::span<const Word<Value>> words;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
            return;
        }
        const auto text = coerced<std::string>(*value);
        const auto found =
            text ? std::ranges::find(words, std::string_view{*text}, &Word<Value>::word)
                 : words.end();
        if (found == words.end()) {
            faults.add(name, messages::kNotAValidValue);
        } else {
            request.*member = found->value;
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = Type::string, .need = Need::required, .doc = doc};
    }
};

/// A text that must be there and not be blank when another parameter has a certain value.
template <class Request>
struct RequiredWith {
    std::string_view name;
    std::optional<std::string> Request::*member;
    std::string_view other;
    std::string_view other_value;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const switched = json::find(parameters, other);
        if (switched == nullptr || switched->string() == nullptr ||
            *switched->string() != other_value) {
            return;
        }
        const json::Value* const value = json::find(parameters, name);
        std::optional<std::string> text{std::string{}};
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
        } else if (!value->is_null()) {
            text = coerced<std::string>(*value);
        }
        if (!text) {
            faults.add(name, messages::kInvalid);
        } else if (is_blank(*text)) {
            faults.add(name, messages::kEmpty);
        } else {
            request.*member = std::move(text);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = Type::string, .need = Need::optional, .doc = doc};
    }
};

/// Any word, in lower case; null is invalid here, because its case cannot be folded.
template <class Request>
struct AnyWord {
    std::string_view name;
    std::optional<std::string> Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        if (value == nullptr) {
            return;
        }
        if (const std::string* const text = value->string()) {
            request.*member = ascii::lower(*text);
        } else {
            faults.add(name, messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = Type::string, .need = Need::optional, .doc = doc};
    }
};

template <class Request, class Value>
[[nodiscard]] constexpr Choice<Request, Value> required_choice(
    std::string_view name,
    Value Request::*member,
    std::span<const Word<Value>> words,
    std::string_view doc
) {
    return {name, member, words, doc};
}

template <class Request, class Value>
[[nodiscard]] constexpr OneOf<Request, Value> one_of(
    std::string_view name,
    Value Request::*member,
    std::span<const Word<Value>> words,
    std::string_view doc
) {
    return {name, member, words, doc};
}

template <class Request>
[[nodiscard]] constexpr RequiredWith<Request> required_with(
    std::string_view name,
    std::optional<std::string> Request::*member,
    std::string_view other,
    std::string_view other_value,
    std::string_view doc
) {
    return {name, member, other, other_value, doc};
}

template <class Request>
[[nodiscard]] constexpr AnyWord<Request> optional_word(
    std::string_view name, std::optional<std::string> Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

}  // namespace innergate::params
