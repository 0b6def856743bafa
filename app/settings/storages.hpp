// Settings of repository storages.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace innergate::settings {

/// Who looks into the repositories of a storage.
enum class Inspector { none, local, gitaly };

[[nodiscard]] std::string_view to_string(Inspector inspector);

/// One per storage: [storage.NAME].
struct Storage {
    /// Where clients are told that the repositories are served.
    std::string gitaly_address = "unix:/var/opt/gitlab/gitaly/gitaly.socket";
    bool is_gitaly_address_written = false;  ///< by the operator; false: it is the default
    std::string gitaly_token_file;           ///< empty: Gitaly wants to be shown no token
    std::string gitaly_ca_file;          ///< certificates that tls:// trusts; empty: the system's
    std::string path;                    ///< of the repositories on this host; empty: not here
    std::optional<Inspector> inspector;  ///< nothing: see choose_inspector()
};

/// By name. "default" is always there.
using Storages = std::map<std::string, Storage>;

}  // namespace innergate::settings
