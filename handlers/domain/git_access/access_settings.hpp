// What the settings of this server say about access.
#pragma once

#include <chrono>
#include <string>

#include "handlers/domain/git_access/checks.hpp"

namespace innergate::handlers::domain::git_access {

/// What an operator of this server fixes.
struct AccessSettings {
    std::string instance_url;  ///< without a trailing slash
    bool is_http_pull_enabled = true;
    bool is_http_push_enabled = true;
    bool are_ssh_certificates_enabled = true;
    bool are_ip_restrictions_enabled = true;
    std::chrono::seconds unlock_in{600};  ///< how long an account is locked
    CheckSettings checks;
};

}  // namespace innergate::handlers::domain::git_access
