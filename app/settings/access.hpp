// Settings of git access.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace innergate::settings {

struct Access {
    bool authorized_keys_reject_inactive = false;
    bool git_http_pull = true;
    bool git_http_push = true;
    /// How long an account is locked after too many wrong passwords.
    std::chrono::seconds unlock_in{600};
    /// Callers whose address is not counted by the rate limit, such as Gitaly's. `unix:` is what
    /// nginx calls all who come over a unix socket.
    std::vector<std::string> trusted_addresses{"127.0.0.1", "::1", "unix:"};
};

}  // namespace innergate::settings
