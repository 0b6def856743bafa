#include "handlers/domain/scim/new_user.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "app/characters.hpp"
#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/change_value.hpp"
#include "handlers/domain/scim/document.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::domain::scim {
namespace {

/// Null pointer: not a string, or a blank one.
const std::string* usable_text(const json::Value* value) {
    const std::string* const text = value != nullptr ? value->string() : nullptr;
    return text != nullptr && !is_blank(*text) ? text : nullptr;
}

Result<std::string> read_user_name(const json::Object& document) {
    const json::Value* const value = find_member(document, "userName");
    auto text = read_optional_text(value, "userName", kMaxNameCharacters);
    if (!text) {
        return tl::unexpected<Error>{std::move(text.error())};
    }
    if (!*text) {
        return bad_request(kInvalidValue, "userName is required and must not be empty.");
    }
    return std::move(**text);
}

/// How good an element of `emails` is: work and primary, primary, work, any.
int rank_of(const json::Object& email) {
    const std::string* const type = usable_text(find_member(email, "type"));
    const json::Value* const primary = find_member(email, "primary");
    const bool is_work = type != nullptr && ascii::equal_ignoring_case(*type, "work");
    const bool is_primary = primary != nullptr && as_boolean(*primary).value_or(false);
    return (is_primary ? 2 : 0) + (is_work ? 1 : 0);
}

/// Null pointer: there is none.
const std::string* best_email(const json::Array& emails) {
    const std::string* best = nullptr;
    int best_rank = -1;
    for (const json::Value& element : emails) {
        const json::Object* const email = element.object();
        const std::string* const text =
            usable_text(email != nullptr ? find_member(*email, "value") : &element);
        const int rank = email != nullptr ? rank_of(*email) : 0;
        if (text != nullptr && rank > best_rank) {
            best = text;
            best_rank = rank;
        }
    }
    return best;
}

/// A list of objects; besides, a list of strings, one object and one string.
const std::string* find_email(const json::Value* emails) {
    if (emails == nullptr) {
        return nullptr;
    }
    if (const json::Array* const array = emails->array()) {
        return best_email(*array);
    }
    const json::Object* const object = emails->object();
    return usable_text(object != nullptr ? find_member(*object, "value") : emails);
}

bool is_email(std::string_view text) {
    constexpr std::size_t kMaxEmailCharacters = 254;
    const std::size_t at = text.find('@');
    const bool has_two_sides = at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
                               text.find('@', at + 1) == std::string_view::npos;
    const bool is_graphical = std::ranges::none_of(text, [](char character) {
        return (character >= '\0' && character <= ' ') || character == '\x7f';
    });
    return has_two_sides && is_graphical && count_characters(text) <= kMaxEmailCharacters;
}

Result<std::string> read_email(const json::Object& document, const std::string& user_name) {
    const std::string* const email = find_email(find_member(document, "emails"));
    const bool is_user_name = email == nullptr && user_name.find('@') != std::string::npos;
    const std::string* const text = is_user_name ? &user_name : email;
    if (text == nullptr) {
        return bad_request(kInvalidValue, "emails is required: there is no email address.");
    }
    if (!is_email(*text)) {
        return bad_request(
            kInvalidValue,
            is_user_name ? "emails is required: userName is not a valid email address."
                         : "emails must contain a valid email address."
        );
    }
    return *text;
}

/// A part of the name where the schema has it, else under a key with a dot in it.
const json::Value* find_name_part(const json::Object& document, std::string_view part) {
    const json::Value* const name = find_member(document, "name");
    const json::Object* const parts = name != nullptr ? name->object() : nullptr;
    const json::Value* const value = parts != nullptr ? find_member(*parts, part) : nullptr;
    return usable_text(value) != nullptr ? value
                                         : find_member(document, fmt::format("name.{}", part));
}

Result<std::optional<std::string>> read_name_part(
    const json::Object& document, std::string_view part
) {
    const json::Value* const value = find_name_part(document, part);
    if (usable_text(value) == nullptr) {
        return std::nullopt;
    }
    return read_optional_text(value, fmt::format("name.{}", part), kMaxNameCharacters);
}

std::optional<std::string> joined_name(const NewUser& user) {
    if (user.given_name && user.family_name) {
        return fmt::format("{} {}", *user.given_name, *user.family_name);
    }
    return user.given_name ? user.given_name : user.family_name;
}

/// `user` has its other names already.
Result<std::string> read_name(const json::Object& document, const NewUser& user) {
    if (const auto* const formatted = find_name_part(document, "formatted");
        usable_text(formatted) != nullptr) {
        return read_text(*formatted, "name.formatted", kMaxNameCharacters);
    }
    if (auto joined = joined_name(user)) {
        return read_text(json::Value{std::move(*joined)}, "name", kMaxNameCharacters);
    }
    for (const std::string_view attribute : {"name", "displayName"}) {
        const json::Value* const value = find_member(document, attribute);
        if (usable_text(value) != nullptr) {
            return read_text(*value, attribute, kMaxNameCharacters);
        }
    }
    return user.user_name;
}

Result<std::optional<std::string>> read_external_id(const json::Object& document) {
    constexpr std::string_view kName = "externalId";
    auto id = read_optional_text(find_member(document, kName), kName, kMaxIdCharacters);
    if (!id || !*id) {
        return id;
    }
    return reachable_id(std::move(**id), kName).map([](std::string text) {
        return std::optional{std::move(text)};
    });
}

Result<bool> read_active_state(const json::Object& document) {
    const json::Value* const value = find_member(document, "active");
    if (value == nullptr || value->is_null()) {
        return true;
    }
    const auto active = as_boolean(*value);
    if (!active) {
        return bad_request(kInvalidValue, "active must be true or false.");
    }
    return *active;
}

/// What is no string is ignored: providers send lists and objects under such names, too.
Result<EchoAttributes> read_echo_attributes(const json::Object& document) {
    EchoAttributes attributes;
    for (const EchoAttribute& known : kEchoAttributes) {
        const json::Value* const value = find_member(document, known.name);
        if (value == nullptr || value->string() == nullptr) {
            continue;
        }
        auto text = read_text(*value, known.name, kMaxEchoCharacters);
        if (!text) {
            return tl::unexpected<Error>{std::move(text.error())};
        }
        attributes.emplace(known.attribute, std::move(*text));
    }
    return attributes;
}

/// Puts what was read where it belongs, or remembers the first fault.
class Reading {
public:
    template <class T>
    void into(T& target, Result<T> read) {
        if (read) {
            target = std::move(*read);
        } else if (!fault_) {
            fault_ = std::move(read.error());
        }
    }

    std::optional<Error> fault() && { return std::move(fault_); }

private:
    std::optional<Error> fault_;
};

bool take_back(std::string_view& text, std::string_view end) {
    const bool is_there = text.ends_with(end);
    text.remove_suffix(is_there ? end.size() : 0);
    return is_there;
}

}  // namespace

Result<NewUser> read_new_user(const json::Object& document) {
    NewUser user;
    Reading reading;
    reading.into(user.user_name, read_user_name(document));
    reading.into(user.email, read_email(document, user.user_name));
    reading.into(user.given_name, read_name_part(document, "givenName"));
    reading.into(user.family_name, read_name_part(document, "familyName"));
    reading.into(user.name, read_name(document, user));
    reading.into(user.id, read_external_id(document));
    reading.into(user.active, read_active_state(document));
    reading.into(user.echo_attributes, read_echo_attributes(document));
    if (auto fault = std::move(reading).fault()) {
        return tl::unexpected<Error>{std::move(*fault)};
    }
    return user;
}

std::string username_stem(std::string_view user_name) {
    std::string kept{user_name.substr(0, user_name.find('@'))};
    std::erase_if(kept, [](char character) {
        return !ascii::is_letter_or_digit(character) && character != '_' && character != '.' &&
               character != '-';
    });
    std::string_view stem = kept;
    // Routes end so, of repositories and of feeds.
    while (take_back(stem, ".git") || take_back(stem, ".atom") || take_back(stem, ".")) {
    }
    stem.remove_prefix(std::min(stem.find_first_not_of('-'), stem.size()));
    return std::string{stem.empty() ? "blank" : stem};
}

NameParts split_name(std::string_view name) {
    const std::string_view words = stripped(name);
    const std::size_t end = std::min(words.find(' '), words.size());
    const auto given = [](std::string_view text) {
        return text.empty() ? std::nullopt : std::optional{std::string{text}};
    };
    return {
        .given_name = given(words.substr(0, end)),
        .family_name = given(stripped(words.substr(end))),
    };
}

}  // namespace innergate::handlers::domain::scim
