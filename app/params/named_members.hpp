// A rule for objects whose members are all of one type, of which only certain names are known.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/json/value.hpp"
#include "app/params/description.hpp"
#include "app/params/messages.hpp"
#include "app/params/schema.hpp"

namespace innergate::params {

template <class T>
struct Named {
    std::string_view name;  ///< of a constant
    T value;
};

/// For lists of the names that are known.
[[nodiscard]] constexpr Description integer(std::string_view name, std::string_view doc) {
    return {.name = name, .type = Type::integer, .need = Need::optional, .doc = doc};
}
[[nodiscard]] constexpr Description integers(
    std::string_view name, std::size_t max_elements, std::string_view doc
) {
    return {
        .name = name,
        .type = Type::integer_array,
        .need = Need::optional,
        .doc = doc,
        .max_elements = max_elements};
}

/// `name: {…}`, not required: those of its members that are there, in the order of the names.
template <class Request, class T>
struct NamedMembers {
    std::string_view name;
    std::vector<Named<T>> Request::*member;
    std::span<const Description> names;  ///< each described as of the type T
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Object* const object = given_object(parameters, name, faults);
        if (object == nullptr) {
            return;
        }
        const Faults::Within within{faults, name};
        for (const Description& known : names) {
            const json::Value* const found = given(*object, known.name);
            if (found == nullptr || is_absent<T>(*found)) {
                continue;
            }
            if (is_list(known.type) &&
                !has_at_most(known.max_elements, found, known.name, faults)) {
                continue;
            }
            if (auto read = coerced<T>(*found)) {
                (request.*member).push_back({known.name, *std::move(read)});
            } else {
                faults.add(known.name, messages::kInvalid);
            }
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {
            .name = name,
            .type = Type::object,
            .need = Need::optional,
            .doc = doc,
            .members = names};
    }
};

template <class Request, class T>
[[nodiscard]] constexpr NamedMembers<Request, T> named_members(
    std::string_view name,
    std::vector<Named<T>> Request::*member,
    std::span<const Description> names,
    std::string_view doc
) {
    return {name, member, names, doc};
}

}  // namespace innergate::params
