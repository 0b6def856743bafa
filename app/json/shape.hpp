// What a JSON answer is made of, declared once. Its text and its JSON Schema come from here.
//
// Beside a type stands a function of its name space that argument-dependent lookup finds:
//
//     constexpr auto shape_of(std::type_identity<UserReply> /*type*/) {
//         return shape::object(
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
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "app/json/writer.hpp"

namespace innergate::shape {

/// An object that has no members, such as a set of features of which there is none.
struct Empty {};

/// An object whose members have names that are known at run time only: a range of pairs of a name
/// and a value.
template <class Pairs>
struct Dictionary {
    Pairs pairs;
};
template <class Pairs>
Dictionary(Pairs) -> Dictionary<Pairs>;

template <class T>
concept HasShape = requires {
    shape_of(std::type_identity<T>{});
};

template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;

template <class T>
concept Array = std::ranges::input_range<const T> && !Text<T>;

/// Writes a declared value.
template <class T>
void write(json::Writer& writer, const T& value);

/// Writes the schema of a declared type; `is_nullable`: or null.
template <class T>
void write_schema(json::Writer& writer, bool is_nullable = false);

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

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
struct IsVariant : std::false_type {};
template <class... Types>
struct IsVariant<std::variant<Types...>> : std::true_type {};

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

template <class T>
struct IsDictionary : std::false_type {};
template <class Pairs>
struct IsDictionary<Dictionary<Pairs>> : std::true_type {
    using Value = std::remove_cvref_t<std::tuple_element_t<1, std::ranges::range_value_t<Pairs>>>;
};

void write_type(json::Writer& writer, std::string_view name, bool is_nullable);
void write_doc(json::Writer& writer, const Doc& doc, bool is_nullable);

template <class T>
concept CanBeNone = IsOptional<T>::value || requires(const T& value) {
    std::ranges::empty(value);
};

/// An empty optional, text or range is none.
template <CanBeNone T>
[[nodiscard]] bool is_there(const T& value) {
    if constexpr (IsOptional<T>::value) {
        return value.has_value();
    } else {
        return !std::ranges::empty(value);
    }
}

template <class T>
void write_schema_members(json::Writer& writer, bool is_nullable) {
    if constexpr (IsOptional<T>::value) {
        write_schema_members<typename T::value_type>(writer, true);
    } else if constexpr (HasShape<T>) {
        shape_of(std::type_identity<T>{}).write_schema_members(writer, is_nullable);
    } else if constexpr (IsVariant<T>::value) {
        writer.key("oneOf");
        writer.begin_array();
        [&]<class... Types>(std::type_identity<std::variant<Types...>> /*type*/) {
            (shape::write_schema<Types>(writer), ...);
        }(std::type_identity<T>{});
        if (is_nullable) {
            writer.begin_object();
            writer.member("type", "null");
            writer.end_object();
        }
        writer.end_array();
    } else if constexpr (std::same_as<T, Empty>) {
        write_type(writer, "object", is_nullable);
    } else if constexpr (IsDictionary<T>::value) {
        write_type(writer, "object", is_nullable);
        writer.key("additionalProperties");
        shape::write_schema<typename IsDictionary<T>::Value>(writer);
    } else if constexpr (std::same_as<T, bool>) {
        write_type(writer, "boolean", is_nullable);
    } else if constexpr (std::integral<T> || IsId<T>::value) {
        write_type(writer, "integer", is_nullable);
    } else if constexpr (std::floating_point<T>) {
        write_type(writer, "number", is_nullable);
    } else if constexpr (std::same_as<T, Date>) {
        write_type(writer, "string", is_nullable);
        writer.member("format", "date");
    } else if constexpr (std::same_as<T, Timestamp>) {
        write_type(writer, "string", is_nullable);
        writer.member("format", "date-time");
    } else if constexpr (Text<T>) {
        write_type(writer, "string", is_nullable);
    } else {
        static_assert(Array<T>, "no shape is declared for this type");
        write_type(writer, "array", is_nullable);
        writer.key("items");
        shape::write_schema<std::ranges::range_value_t<T>>(writer);
    }
}

}  // namespace detail

template <class T>
void write_schema(json::Writer& writer, bool is_nullable) {
    writer.begin_object();
    detail::write_schema_members<T>(writer, is_nullable);
    writer.end_object();
}

template <class T>
void write(json::Writer& writer, const T& value) {
    if constexpr (detail::IsOptional<T>::value) {
        if (value) {
            write(writer, *value);
        } else {
            writer.null();
        }
    } else if constexpr (HasShape<T>) {
        shape_of(std::type_identity<T>{}).write(writer, value);
    } else if constexpr (detail::IsVariant<T>::value) {
        std::visit([&writer](const auto& chosen) { write(writer, chosen); }, value);
    } else if constexpr (std::same_as<T, Empty>) {
        writer.begin_object();
        writer.end_object();
    } else if constexpr (detail::IsDictionary<T>::value) {
        writer.begin_object();
        for (const auto& [name, content] : value.pairs) {
            writer.key(name);
            write(writer, content);
        }
        writer.end_object();
    } else if constexpr (detail::IsId<T>::value) {
        writer.value(value.value);
    } else if constexpr (Array<T>) {
        writer.begin_array();
        for (const auto& element : value) {
            write(writer, element);
        }
        writer.end_array();
    } else {
        writer.value(value);
    }
}

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
        constexpr bool is_optional = detail::IsOptional<Type>::value;
        writer.key(name);
        writer.begin_object();
        if constexpr (is_optional) {
            detail::write_schema_members<typename Type::value_type>(writer, !may_be_left_out);
        } else {
            detail::write_schema_members<Type>(writer, false);
        }
        detail::write_doc(writer, doc, is_optional && !may_be_left_out);
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

/// The shape of a type that holds JSON text of an object, about which nothing is said.
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
