// Settings of the log.
#pragma once

namespace innergate::settings {

enum class LogLevel { debug, info, warning, error };

struct Logging {
    LogLevel level = LogLevel::info;
};

}  // namespace innergate::settings
