// How our value types travel through SOCI: optionals as NULL, times and dates as UTC text, ids and
// enumerations as their numbers.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include <soci/soci.h>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "app/time_format.hpp"

namespace soci {

template <class T>
struct type_conversion<std::optional<T>> {
    using base_type = typename type_conversion<T>::base_type;

    static void from_base(const base_type& base, indicator state, std::optional<T>& value) {
        if (state == i_null) {
            value.reset();
            return;
        }
        T present{};
        type_conversion<T>::from_base(base, state, present);
        value = std::move(present);
    }

    static void to_base(const std::optional<T>& value, base_type& base, indicator& state) {
        if (!value) {
            state = i_null;
            return;
        }
        type_conversion<T>::to_base(*value, base, state);
        state = i_ok;
    }
};

/// std::tm loses fractions and zones on one backend and silently reads ISO text as midnight on the
/// other, so times are text in both directions.
template <>
struct type_conversion<innergate::Timestamp> {
    using base_type = std::string;

    static void from_base(const std::string& text, indicator state, innergate::Timestamp& time) {
        const auto parsed = innergate::parse_timestamp(text);
        if (state == i_null || !parsed) {
            throw std::runtime_error{"a timestamp column holds no timestamp"};
        }
        time = *parsed;
    }

    static void to_base(const innergate::Timestamp& time, std::string& text, indicator& state) {
        text = innergate::to_iso8601(time);
        state = i_ok;
    }
};

template <>
struct type_conversion<innergate::Date> {
    using base_type = std::string;

    static void from_base(const std::string& text, indicator state, innergate::Date& date) {
        const auto parsed = innergate::parse_date(text);
        if (state == i_null || !parsed) {
            throw std::runtime_error{"a date column holds no date"};
        }
        date = *parsed;
    }

    static void to_base(const innergate::Date& date, std::string& text, indicator& state) {
        text = innergate::to_iso8601(date);
        state = i_ok;
    }
};

/// There is no into(bool); both backends give 0 and 1 for a boolean column read as a number.
template <>
struct type_conversion<bool> {
    using base_type = int;

    static void from_base(int number, indicator state, bool& value) {
        if (state == i_null) {
            throw std::runtime_error{"NULL where a boolean must be"};
        }
        value = number != 0;
    }

    static void to_base(bool value, int& number, indicator& state) {
        number = value ? 1 : 0;
        state = i_ok;
    }
};

template <class Tag>
struct type_conversion<innergate::Id<Tag>> {
    using base_type = long long;

    static void from_base(long long number, indicator state, innergate::Id<Tag>& id) {
        if (state == i_null) {
            throw std::runtime_error{"NULL where an id must be"};
        }
        id.value = number;
    }

    static void to_base(innergate::Id<Tag> id, long long& number, indicator& state) {
        number = id.value;
        state = i_ok;
    }
};

/// An enumeration whose numbers are those of the database.
template <class Enumeration>
struct type_conversion<Enumeration, std::enable_if_t<std::is_enum_v<Enumeration>>> {
    using base_type = int;

    static void from_base(int number, indicator state, Enumeration& value) {
        if (state == i_null) {
            throw std::runtime_error{"NULL where a number must be"};
        }
        value = static_cast<Enumeration>(number);
    }

    static void to_base(Enumeration value, int& number, indicator& state) {
        number = static_cast<int>(value);
        state = i_ok;
    }
};

}  // namespace soci
