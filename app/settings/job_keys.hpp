// The keys of the section [jobs].
#pragma once

#include <vector>

#include "app/settings/keys.hpp"

namespace innergate::settings {

void add_jobs(std::vector<Key>& keys);

}  // namespace innergate::settings
