// The keys of the sections [storage.NAME] and [checks].
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings/keys.hpp"

namespace innergate::settings {

/// The name in `storage.NAME`. Nothing: the section is of another kind, or no storage has such a
/// name.
[[nodiscard]] std::optional<std::string> storage_of(std::string_view section);

void add_checks(std::vector<Key>& keys);

}  // namespace innergate::settings
