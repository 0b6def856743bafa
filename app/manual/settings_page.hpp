// The man page of the settings file, from the table of its keys.
#pragma once

#include <string>

namespace innergate::manual {

/// innergate.conf(5)
[[nodiscard]] std::string settings_page();

}  // namespace innergate::manual
