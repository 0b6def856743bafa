// Makes rows of the table of settings out of members of Settings.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "app/settings/keys.hpp"
#include "app/settings/values.hpp"

namespace innergate::settings {

using Check = std::optional<std::string> (*)(const std::string& value);

template <class T>
using Accessor = std::function<T&(Settings&)>;

/// One row. The default is what a fresh Settings holds, so it is nowhere written twice.
template <class T, class CheckValue = std::optional<std::string> (*)(const T&)>
Key row(
    const std::string& section,
    const std::string& name,
    const std::string& form,
    const Accessor<T>& access,
    const std::string& doc,
    CheckValue check = nullptr
) {
    return {
        .section = section,
        .name = name,
        .form = form,
        .doc = doc,
        .disclosure = Disclosure::shown,
        .show =
            [access](const Settings& settings) {
                Settings copy = settings;
                return show_value(access(copy));
            },
        .assign = [access,
                   check](Settings& settings, std::string_view text) -> std::optional<std::string> {
            Parsed<T> value = parse_value(text, std::type_identity<T>{});
            if (!value) {
                return value.error();
            }
            if (check != nullptr) {
                if (auto reason = check(*value)) {
                    return reason;
                }
            }
            access(settings) = *std::move(value);
            return std::nullopt;
        },
    };
}

}  // namespace innergate::settings
