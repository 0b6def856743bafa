// The two worker pools.
#pragma once

#include <string_view>

namespace innergate::settings {

/// The two worker pools. They share the program and the settings file, not sockets, threads or
/// sessions.
enum class PoolName { internal, public_ };

[[nodiscard]] std::string_view to_string(PoolName pool);

}  // namespace innergate::settings
