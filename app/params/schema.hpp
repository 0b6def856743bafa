// The declaration of a request: which parameters it takes, of what type, under which rules.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "app/blank.hpp"
#include "app/error.hpp"
#include "app/json/value.hpp"
#include "app/params/coerce.hpp"
#include "app/params/description.hpp"
#include "app/params/messages.hpp"

namespace innergate::params {

/// All faults of one request, in the order declared.
class Faults {
public:
    /// While it lives, names are those of members: `vulnerability[name]`, `events[0][user_id]`.
    class Within {
    public:
        Within(Faults& faults, std::string_view name);
        Within(const Within&) = delete;
        Within& operator=(const Within&) = delete;
        ~Within();

    private:
        Faults& faults_;
        std::size_t length_before_;
    };

    /// A fault is told once however often it is added, and only the first hundred are told.
    void add(std::string_view names, std::string_view text);
    [[nodiscard]] bool empty() const { return texts_.empty(); }
    /// `start_date is missing, seats is invalid`
    [[nodiscard]] std::string joined() const;

private:
    /// The name as a member of the object that is being read.
    [[nodiscard]] std::string path_to(std::string_view name) const;

    std::string path_;
    std::vector<std::string> texts_;
};

/// The value of a parameter; null for one that is absent. JSON null is absent.
[[nodiscard]] const json::Value* given(const json::Object& parameters, std::string_view name);

/// As given(), for an object. Null also for any other value, which is a fault.
[[nodiscard]] const json::Object* given_object(
    const json::Object& parameters, std::string_view name, Faults& faults
);

/// False when the value is a list of more than `max_elements`: that is a fault, and the elements
/// are not looked at.
[[nodiscard]] bool has_at_most(
    std::size_t max_elements, const json::Value* value, std::string_view name, Faults& faults
);

/// `name: value`, not required: the member stays as it was initialised when the parameter is
/// absent.
template <class Request, class T>
struct Optional {
    std::string_view name;
    std::optional<T> Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = given(parameters, name);
        if (value == nullptr || is_absent<T>(*value)) {
            return;
        }
        if (auto read = coerced<T>(*value)) {
            request.*member = std::move(read);
        } else {
            faults.add(name, messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = kTypeOf<T>, .need = Need::optional, .doc = doc};
    }
};

/// A parameter that must be there.
template <class Request, class T>
struct Required {
    std::string_view name;
    T Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = given(parameters, name);
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
        } else if (auto read = coerced<T>(*value)) {
            request.*member = *std::move(read);
        } else {
            faults.add(name, messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = kTypeOf<T>, .need = Need::required, .doc = doc};
    }
};

/// A parameter that must be named, though its value may be null.
template <class Request, class T>
struct Present {
    std::string_view name;
    std::optional<T> Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
        } else if (is_absent<T>(*value)) {
            (request.*member).reset();
        } else if (request.*member = coerced<T>(*value); !(request.*member)) {
            faults.add(name, messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = kTypeOf<T>, .need = Need::required, .doc = doc};
    }
};

/// A parameter that may be left out; null is not the same as leaving it out.
template <class Request, class T>
struct Nullable {
    std::string_view name;
    Given<T> Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        if (value == nullptr) {
            return;
        }
        (request.*member).is_given = true;
        if (is_absent<T>(*value)) {
            return;
        }
        (request.*member).value = coerced<T>(*value);
        if (!(request.*member).value) {
            faults.add(name, messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = kTypeOf<T>, .need = Need::optional, .doc = doc};
    }
};

/// A parameter that must be there and say something. A missing one is called empty as well.
template <class Request, class T>
struct Filled {
    std::string_view name;
    T Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
        }
        if (value == nullptr || is_absent<T>(*value)) {
            faults.add(name, messages::kEmpty);
        } else if (auto read = coerced<T>(*value)) {
            request.*member = *std::move(read);
        } else {
            faults.add(name, messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {.name = name, .type = kTypeOf<T>, .need = Need::required, .doc = doc};
    }
};

/// A text that must be there: a blank one counts as missing. Names of things are short; a text that
/// is too long for a database's index is invalid.
template <class Request>
struct Name {
    static constexpr std::size_t kMaxBytes = 1024;

    std::string_view name;
    std::string Request::*member;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = given(parameters, name);
        auto text = value == nullptr ? std::string{} : coerced<std::string>(*value);
        if (!text || text->size() > kMaxBytes) {
            faults.add(name, messages::kInvalid);
        } else if (is_blank(*text)) {
            faults.add(name, messages::kMissing);
        } else {
            request.*member = *std::move(text);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {
            .name = name,
            .type = Type::string,
            .need = Need::required,
            .doc = doc,
            .max_bytes = kMaxBytes};
    }
};

/// A rule for a list, with the most elements that any client has a use for.
template <class Rule>
struct AtMost {
    std::size_t max_elements;
    Rule rule;

    template <class Request>
    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        if (has_at_most(max_elements, json::find(parameters, rule.name), rule.name, faults)) {
            rule.read(parameters, request, faults);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        Description description = rule.describe();
        description.max_elements = max_elements;
        return description;
    }
};

template <class Rule>
[[nodiscard]] constexpr AtMost<Rule> at_most(std::size_t max_elements, Rule rule) {
    return {max_elements, rule};
}

template <class Request, class T>
[[nodiscard]] constexpr Optional<Request, T> optional(
    std::string_view name, std::optional<T> Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

template <class Request, class T>
[[nodiscard]] constexpr Required<Request, T> required(
    std::string_view name, T Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

template <class Request, class T>
[[nodiscard]] constexpr Present<Request, T> present(
    std::string_view name, std::optional<T> Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

template <class Request, class T>
[[nodiscard]] constexpr Nullable<Request, T> nullable(
    std::string_view name, Given<T> Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

template <class Request, class T>
[[nodiscard]] constexpr Filled<Request, T> required_filled(
    std::string_view name, T Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

template <class Request>
[[nodiscard]] constexpr Name<Request> required_name(
    std::string_view name, std::string Request::*member, std::string_view doc
) {
    return {name, member, doc};
}

/// Reads a request struct from the merged parameters (path over body over query).
template <class Request, class... Rules>
class Schema {
public:
    using request_type = Request;

    constexpr explicit Schema(Rules... rules)
        : rules_{rules...}, descriptions_{rules.describe()...} {}

    /// Errors: bad_request with all faults of the request, `{"error":"a is missing, b is
    /// invalid"}`.
    [[nodiscard]] Result<Request> parse(const json::Object& parameters) const {
        Request request{};
        // NOLINTNEXTLINE(misc-const-correctness): the rules write it, where there are any.
        Faults faults;
        read(parameters, request, faults);
        if (!faults.empty()) {
            return request_failure(ErrorCode::bad_request, faults.joined(), "parameters");
        }
        return request;
    }

    /// As parse(), as a part of a larger request.
    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        std::apply(
            [&](const Rules&... rules) { (rules.read(parameters, request, faults), ...); }, rules_
        );
    }

    [[nodiscard]] constexpr std::span<const Description> describe() const { return descriptions_; }

private:
    std::tuple<Rules...> rules_;
    std::array<Description, sizeof...(Rules)> descriptions_;
};

template <class Request, class... Rules>
[[nodiscard]] constexpr Schema<Request, Rules...> schema(Rules... rules) {
    return Schema<Request, Rules...>{rules...};
}

}  // namespace innergate::params
