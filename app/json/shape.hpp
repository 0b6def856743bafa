// What a JSON answer is made of, declared once. Its text and its JSON Schema come from here.
//
// Beside a type stands a function of its name space that argument-dependent lookup finds:
//
//     constexpr auto shape_of(std::type_identity<UserReply> /*type*/) {
//         return shape::object<UserReply>(
//             shape::member("id", &UserReply::id, "The user's id"),
//             shape::optional_member("email", &UserReply::email, "Left out where nobody knows it")
//         );
//     }
//
// A member's value is what its accessor returns of the object: text, number, boolean, date, time,
// id, optional (null when empty), range (array), or another type with a shape. Schemas keep to
// words that draft 4 of JSON Schema and OpenAPI 3.1 have in common.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "app/json/shaped_value.hpp"

namespace innergate::shape {

/// What is said of a member besides its type.
struct Doc {
    // NOLINTNEXTLINE(google-explicit-constructor) a sentence is all that most members need
    constexpr Doc(const char* sentence) : text(sentence) {}
    constexpr Doc(const char* sentence, std::string_view format_name)
        : text(sentence), format(format_name) {}

    /// The only values that a text can have.
    template <class... Values>
    [[nodiscard]] constexpr Doc one_of(Values... values) const {
        Doc doc = *this;
        doc.choices = {std::string_view{values}...};
        doc.choice_count = sizeof...(values);
        return doc;
    }

    static constexpr std::size_t kMaxChoices = 8;

    std::string_view text;
    std::string_view format = {};  ///< of a text: `date-time`, `date`, `uri`
    std::array<std::string_view, kMaxChoices> choices = {};
    std::size_t choice_count = 0;
};

namespace detail {

void write_doc(json::Writer& writer, const Doc& doc, bool is_nullable);

}  // namespace detail

/// One member; `Get` takes the object, or is a pointer to one of its members.
template <class Get>
struct Member {
    std::string_view name;
    Get get;
    Doc doc;
    bool may_be_left_out = false;

    template <class Owner>
    using Value = std::remove_cvref_t<std::invoke_result_t<const Get&, const Owner&>>;

    template <class Owner>
    void write(json::Writer& writer, const Owner& owner) const {
        // By reference where the accessor returns one.
        const auto& value = std::invoke(get, owner);
        if constexpr (detail::CanBeNone<Value<Owner>>) {
            if (may_be_left_out && !detail::is_there(value)) {
                return;
            }
        }
        writer.key(name);
        shape::write(writer, value);
    }

    template <class Owner>
    void write_schema(json::Writer& writer) const {
        using Type = Value<Owner>;
        constexpr bool kIsOptional = detail::IsOptional<Type>::value;
        writer.key(name);
        writer.begin_object();
        if constexpr (kIsOptional) {
            detail::write_schema_members<typename Type::value_type>(writer, !may_be_left_out);
        } else {
            detail::write_schema_members<Type>(writer, false);
        }
        detail::write_doc(writer, doc, kIsOptional && !may_be_left_out);
        writer.end_object();
    }
};

/// Always there; null where its optional is empty.
template <class Get>
[[nodiscard]] constexpr Member<Get> member(std::string_view name, Get get, Doc doc) {
    return {name, get, doc, false};
}

/// Left out where its optional, text or range is empty; never null.
template <class Get>
[[nodiscard]] constexpr Member<Get> optional_member(std::string_view name, Get get, Doc doc) {
    return {name, get, doc, true};
}

/// A member whose value is the same in every answer: a text, number or boolean.
template <class T>
struct Constant {
    std::string_view name;
    T constant;
    Doc doc;
    bool may_be_left_out = false;

    template <class Owner>
    void write(json::Writer& writer, const Owner& /*owner*/) const {
        writer.member(name, constant);
    }

    template <class Owner>
    void write_schema(json::Writer& writer) const {
        writer.key(name);
        writer.begin_object();
        detail::write_schema_members<T>(writer, false);
        writer.key("enum");
        writer.begin_array();
        writer.value(constant);
        writer.end_array();
        detail::write_doc(writer, doc, false);
        writer.end_object();
    }
};

[[nodiscard]] constexpr Constant<std::string_view> constant(
    std::string_view name, std::string_view value, Doc doc
) {
    return {name, value, doc, false};
}
template <class T>
requires std::integral<T>
[[nodiscard]] constexpr Constant<T> constant(std::string_view name, T value, Doc doc) {
    return {name, value, doc, false};
}

/// An object, of which each member is read from the same value.
template <class... Members>
struct Object {
    std::tuple<Members...> members;

    template <class Owner>
    void write(json::Writer& writer, const Owner& owner) const {
        writer.begin_object();
        std::apply(
            [&](const auto&... member) { (member.template write<Owner>(writer, owner), ...); },
            members
        );
        writer.end_object();
    }

    template <class Owner>
    void write_schema_members(json::Writer& writer, bool is_nullable) const {
        detail::write_type(writer, "object", is_nullable);
        writer.key("properties");
        writer.begin_object();
        std::apply(
            [&](const auto&... member) { (member.template write_schema<Owner>(writer), ...); },
            members
        );
        writer.end_object();
        // Draft 4 wants at least one name there.
        if (has_required()) {
            writer.key("required");
            writer.begin_array();
            std::apply(
                [&](const auto&... member) { (write_required(writer, member), ...); }, members
            );
            writer.end_array();
        }
    }

private:
    [[nodiscard]] constexpr bool has_required() const {
        return std::apply(
            [](const auto&... member) { return (!member.may_be_left_out || ...); }, members
        );
    }
    template <class Member>
    static void write_required(json::Writer& writer, const Member& member) {
        if (!member.may_be_left_out) {
            writer.value(member.name);
        }
    }
};

/// Members inside an object of their own, all read from the outer value.
template <class... Members>
struct Nested {
    std::string_view name;
    Doc doc;
    Object<Members...> object;
    bool may_be_left_out = false;

    template <class Owner>
    void write(json::Writer& writer, const Owner& owner) const {
        writer.key(name);
        object.write(writer, owner);
    }

    template <class Owner>
    void write_schema(json::Writer& writer) const {
        writer.key(name);
        writer.begin_object();
        object.template write_schema_members<Owner>(writer, false);
        detail::write_doc(writer, doc, false);
        writer.end_object();
    }
};

template <class... Members>
[[nodiscard]] constexpr Nested<Members...> nested(
    std::string_view name, Doc doc, Members... members
) {
    return {name, doc, {{members...}}, false};
}

/// The shape of `Owner`: `shape::object<UserReply>(shape::member(…), …)`.
template <class Owner, class... Members>
struct ObjectOf {
    Object<Members...> object;

    void write(json::Writer& writer, const Owner& owner) const { object.write(writer, owner); }
    void write_schema_members(json::Writer& writer, bool is_nullable) const {
        object.template write_schema_members<Owner>(writer, is_nullable);
    }
};

template <class Owner, class... Members>
[[nodiscard]] constexpr ObjectOf<Owner, Members...> object(Members... members) {
    return {{{members...}}};
}

/// The shape of a type that is written as something else: `shape::as<ReceptiveAgents>(get)`.
template <class Owner, class Get>
struct As {
    Get get;

    void write(json::Writer& writer, const Owner& owner) const {
        shape::write(writer, std::invoke(get, owner));
    }
    void write_schema_members(json::Writer& writer, bool is_nullable) const {
        using Value = std::remove_cvref_t<std::invoke_result_t<const Get&, const Owner&>>;
        detail::write_schema_members<Value>(writer, is_nullable);
    }
};

template <class Owner, class Get>
[[nodiscard]] constexpr As<Owner, Get> as(Get get) {
    return {get};
}

/// The shape of a type that holds an object as JSON text, whose members are not described.
template <class Get>
struct Document {
    Get get;

    template <class Owner>
    void write(json::Writer& writer, const Owner& owner) const {
        writer.raw(std::invoke(get, owner));
    }
    static void write_schema_members(json::Writer& writer, bool is_nullable) {
        detail::write_type(writer, "object", is_nullable);
    }
};

template <class Get>
[[nodiscard]] constexpr Document<Get> document(Get get) {
    return {get};
}

}  // namespace innergate::shape
