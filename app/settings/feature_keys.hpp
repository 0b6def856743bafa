// Rows of the table of settings that switch parts of the API on and off.
#pragma once

#include <vector>

#include "app/settings/keys.hpp"

namespace innergate::settings {

/// Section [features].
void add_features(std::vector<Key>& keys);

/// Section [billing].
void add_billing(std::vector<Key>& keys);

/// Section [kas].
void add_kas(std::vector<Key>& keys);

}  // namespace innergate::settings
