// What clients are to show to Gitaly, by the name of the storage.
#pragma once

#include <map>
#include <string>

#include "app/auth/secret.hpp"

namespace innergate::auth {

/// A storage that is not in it wants no token.
using GitalyTokens = std::map<std::string, Secret>;

}  // namespace innergate::auth
