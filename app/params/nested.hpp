// Rules for parameters that are objects, and lists of objects, with a schema of their own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/json/value.hpp"
#include "app/params/description.hpp"
#include "app/params/messages.hpp"
#include "app/params/schema.hpp"

namespace innergate::params {

/// A missing object has no members, so that each of its required ones is named as missing.
inline const json::Object kNoMembers;

/// `name: {…}`, not required. Anything but an object is invalid; null is absent.
template <class Request, class Inner, class InnerSchema>
struct OptionalHash {
    std::string_view name;
    std::optional<Inner> Request::*member;
    const InnerSchema* members;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Object* const object = given_object(parameters, name, faults);
        if (object == nullptr) {
            return;
        }
        const Faults::Within within{faults, name};
        members->read(*object, (request.*member).emplace(), faults);
    }
    [[nodiscard]] constexpr Description describe() const {
        return {
            .name = name,
            .type = Type::object,
            .need = Need::optional,
            .doc = doc,
            .members = members->describe()};
    }
};

/// `name: {…}` that must be there; null counts as there, and has no members.
template <class Request, class Inner, class InnerSchema>
struct RequiredHash {
    std::string_view name;
    Inner Request::*member;
    const InnerSchema* members;
    std::string_view doc;
    /// Where the object goes as it was sent, with members that no rule knows.
    json::Object Request::*document = nullptr;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = json::find(parameters, name);
        const json::Object* const object = value == nullptr ? nullptr : value->object();
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
        } else if (object == nullptr && !value->is_null()) {
            faults.add(name, messages::kInvalid);
        }
        if (object != nullptr && document != nullptr) {
            request.*document = *object;
        }
        const Faults::Within within{faults, name};
        members->read(object == nullptr ? kNoMembers : *object, request.*member, faults);
    }
    [[nodiscard]] constexpr Description describe() const {
        return {
            .name = name,
            .type = Type::object,
            .need = Need::required,
            .doc = doc,
            .members = members->describe()};
    }
};

/// The list that a JSON text holds. An object becomes the list's only element; all else gives null.
[[nodiscard]] json::Value list_in(const json::Value& value);

/// How a list of objects is read.
struct EachOptions {
    std::size_t max_elements = 0;
    bool may_be_empty = false;
    bool names_indexes = true;     ///< in faults: `packs[0][expires_at]`, else `packs[expires_at]`
    bool reads_json_text = false;  ///< a text may hold the list, or its only element
};

/// An element that is no object is read as an empty one.
template <class Inner, class InnerSchema>
void read_each(
    const json::Array& elements,
    std::string_view name,
    const InnerSchema& members,
    std::vector<Inner>& out,
    Faults& faults,
    const EachOptions& options = {}
) {
    const Faults::Within within{faults, name};
    out.reserve(elements.size());
    for (std::size_t index = 0; index < elements.size(); ++index) {
        const json::Object* const object = elements[index].object();
        std::optional<Faults::Within> within_element;
        if (options.names_indexes) {
            within_element.emplace(faults, std::to_string(index));
        }
        members.read(object == nullptr ? kNoMembers : *object, out.emplace_back(), faults);
    }
}

/// `name: [{…}, …]`, not required. Anything but a list is invalid; null is absent.
template <class Request, class Inner, class InnerSchema>
struct OptionalEach {
    std::string_view name;
    std::vector<Inner> Request::*member;
    const InnerSchema* members;
    std::string_view doc;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* const value = given(parameters, name);
        if (value == nullptr) {
            return;
        }
        if (value->array() == nullptr) {
            faults.add(name, messages::kInvalid);
            return;
        }
        read_each(*value->array(), name, *members, request.*member, faults);
    }
    [[nodiscard]] constexpr Description describe() const {
        return {
            .name = name,
            .type = Type::object_array,
            .need = Need::optional,
            .doc = doc,
            .members = members->describe()};
    }
};

/// `name: [{…}, …]` that must be there.
template <class Request, class Inner, class InnerSchema>
struct RequiredEach {
    std::string_view name;
    std::vector<Inner> Request::*member;
    const InnerSchema* members;
    std::string_view doc;
    EachOptions options;

    void read(const json::Object& parameters, Request& request, Faults& faults) const {
        const json::Value* value = json::find(parameters, name);
        if (value == nullptr) {
            faults.add(name, messages::kMissing);
            const Faults::Within within{faults, name};
            Inner nothing{};
            members->read(kNoMembers, nothing, faults);
            return;
        }
        const json::Value unpacked = options.reads_json_text ? list_in(*value) : json::Value{};
        value = unpacked.is_null() ? value : &unpacked;
        if (!has_at_most(options.max_elements, value, name, faults)) {
            return;
        }
        const json::Array* const elements = value->array();
        const bool is_empty = elements != nullptr ? elements->empty() : value->is_null();
        if (is_empty && !options.may_be_empty) {
            faults.add(name, messages::kEmpty);
        } else if (elements == nullptr) {
            faults.add(name, messages::kInvalid);
        } else {
            read_each(*elements, name, *members, request.*member, faults, options);
        }
    }
    [[nodiscard]] constexpr Description describe() const {
        return {
            .name = name,
            .type = Type::object_array,
            .need = Need::required,
            .doc = doc,
            .members = members->describe(),
            .max_elements = options.max_elements};
    }
};

/// The schemas must outlive what refers to them: constants of a namespace.
template <class Request, class Inner, class... Rules>
[[nodiscard]] constexpr OptionalHash<Request, Inner, Schema<Inner, Rules...>> optional_hash(
    std::string_view name,
    std::optional<Inner> Request::*member,
    const Schema<Inner, Rules...>& members,
    std::string_view doc
) {
    return {name, member, &members, doc};
}

template <class Request, class Inner, class... Rules>
[[nodiscard]] constexpr RequiredHash<Request, Inner, Schema<Inner, Rules...>> required_hash(
    std::string_view name,
    Inner Request::*member,
    const Schema<Inner, Rules...>& members,
    std::string_view doc,
    json::Object Request::*document = nullptr
) {
    return {name, member, &members, doc, document};
}

template <class Request, class Inner, class... Rules>
[[nodiscard]] constexpr OptionalEach<Request, Inner, Schema<Inner, Rules...>> optional_each(
    std::string_view name,
    std::vector<Inner> Request::*member,
    const Schema<Inner, Rules...>& members,
    std::string_view doc
) {
    return {name, member, &members, doc};
}

template <class Request, class Inner, class... Rules>
[[nodiscard]] constexpr RequiredEach<Request, Inner, Schema<Inner, Rules...>> required_each(
    std::string_view name,
    std::vector<Inner> Request::*member,
    const Schema<Inner, Rules...>& members,
    std::string_view doc,
    EachOptions options
) {
    return {name, member, &members, doc, options};
}

}  // namespace innergate::params
