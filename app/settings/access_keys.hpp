// Rows of the table of settings about who is let in.
#pragma once

#include <vector>

#include "app/settings/keys.hpp"

namespace innergate::settings {

/// Section [access].
void add_access(std::vector<Key>& keys);

}  // namespace innergate::settings
