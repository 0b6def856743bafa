// Settings of the instance: how clients reach it, and what it says of itself.
#pragma once

#include <string>

namespace innergate::settings {

struct Instance {
    std::string external_url =
        "http://localhost:8080";             ///< no trailing slash; prefix of every URL in answers
    std::string relative_url_root;           ///< "" or "/gitlab": stripped from request paths
    std::string gitlab_version = "17.11.0";  ///< what /internal/check reports to clients
    std::string gitlab_revision = "innergate";
    /// In front of a path in SSH clone URLs; "" is git@ and the host of external_url.
    std::string ssh_clone_prefix;
};

}  // namespace innergate::settings
