// Settings of new tokens.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace innergate::settings {

struct Tokens {
    std::string personal_access_token_prefix = "glpat-";
    /// Days from today to the latest expiry of a new token, where tokens must expire.
    unsigned personal_access_token_max_lifetime_days = 365;
    /// What gitlab-shell may give to new tokens.
    std::vector<std::string> personal_access_token_scopes{
        "api",
        "create_runner",
        "k8s_proxy",
        "manage_runner",
        "read_api",
        "read_registry",
        "read_repository",
        "read_user",
        "self_rotate",
        "write_registry",
        "write_repository",
    };
    std::chrono::seconds lfs_token_lifetime{1800};
};

}  // namespace innergate::settings
