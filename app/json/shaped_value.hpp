// Values of declared types, as JSON text and as JSON Schema: what shape.hpp puts together.
#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "app/json/writer.hpp"

namespace innergate::shape {

/// An object that has no members, such as an empty set of features.
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

/// Writes the schema of a declared type.
template <class T>
void write_schema(json::Writer& writer);

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

template <class T>
concept CanBeNone = IsOptional<T>::value || requires(const T& value) {
    std::ranges::empty(value);
};

/// False for an empty optional, text or range.
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
void write_schema(json::Writer& writer) {
    writer.begin_object();
    detail::write_schema_members<T>(writer, false);
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

}  // namespace innergate::shape
