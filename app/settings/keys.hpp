// The table of settings: loading, --help, the example file and the documentation are read off it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings/settings.hpp"

namespace innergate::settings {

/// Whether a value may be shown in messages: a database URL can hold a password.
enum class Disclosure { shown, redacted };

struct Key {
    std::string section;
    std::string name;
    std::string form;  ///< what a value looks like: `text`, `bytes`, `seconds`, `on|off` …
    std::string doc;
    Disclosure disclosure = Disclosure::shown;
    /// The value as text, in the form in which it can be given.
    std::function<std::string(const Settings&)> show;
    /// Sets it. Answers why it cannot, or nothing.
    std::function<std::optional<std::string>(Settings&, std::string_view)> assign;

    /// `limits.max_body_bytes`
    [[nodiscard]] std::string dotted() const { return section + "." + name; }
    /// `INNERGATE_LIMITS_MAX_BODY_BYTES`
    [[nodiscard]] std::string environment_variable() const;
    /// `--limits-max-body-bytes`
    [[nodiscard]] std::string option() const;
};

/// The keys of the sections that are always there, in the order of the documentation; those of one
/// section stand together.
[[nodiscard]] std::span<const Key> keys();

/// `[storage.NAME]`: there are as many of these sections as the operator has storages.
inline constexpr std::string_view kStorageSection = "storage.";
/// Keys of this one stand in keys(), and so can be options. Those of other storages cannot.
inline constexpr std::string_view kDefaultStorage = "default";

/// The keys of the section of one storage.
[[nodiscard]] std::vector<Key> storage_keys(const std::string& name);

/// Finds a setting by its dotted key, also one of a storage of any name. The name of a storage is
/// made of letters, digits and `_-.`. Nothing: there is no such setting.
[[nodiscard]] std::optional<Key> find_key(std::string_view dotted);

/// The checks that let a push through when nobody can look: keys of the section `checks`.
[[nodiscard]] std::vector<std::string> open_checks(const Settings& settings);

}  // namespace innergate::settings
