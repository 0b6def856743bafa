// Settings of the Kubernetes agent server.
#pragma once

#include <string>

namespace innergate::settings {

/// The Kubernetes agent server.
struct Kas {
    bool user_access = true;
    std::string uuid_namespace = "58dc0f06-936c-43b3-93bb-71693f1b6570";
};

}  // namespace innergate::settings
