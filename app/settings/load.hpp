// Reads the settings: command line over environment over file over defaults.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "app/settings/settings.hpp"

namespace innergate::settings {

/// Read when no file is named, if it is there.
inline constexpr std::string_view kDefaultFile = "/etc/innergate/innergate.conf";

/// One thing that is wrong, for the operator.
struct Fault {
    std::string key;    ///< `limits.max_body_bytes`; empty: the file itself
    std::string value;  ///< `(hidden)` where it may hold a secret
    std::string place;  ///< `innergate.conf:12`, `INNERGATE_…` or `--limits-…`
    std::string reason;
};

/// `innergate.conf:12: limits.max_body_bytes = 'x': must be …`
[[nodiscard]] std::string to_string(const Fault& fault);

struct Sources {
    /// Nothing: kDefaultFile, which need not exist. A file named here must.
    std::optional<std::string> file;
    /// Dotted key to value, from the command line.
    std::map<std::string, std::string> options;
    /// Looks an environment variable up.
    std::function<std::optional<std::string>(const std::string&)> environment;
};

/// Errors: every fault of every source, so that one start shows them all.
[[nodiscard]] tl::expected<Settings, std::vector<Fault>> load(const Sources& sources);

/// A variable of the process's environment. Nothing may change that meanwhile.
[[nodiscard]] std::optional<std::string> process_environment(const std::string& name);

}  // namespace innergate::settings
