// What the unit of a service may reach, as systemd has it with all drop-ins.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace innergate::admin::doctor {

struct UnitSandbox {
    bool may_use_internet_sockets = true;  ///< RestrictAddressFamilies= leaves AF_INET or AF_INET6
    bool is_every_address_denied = false;  ///< IPAddressDeny= names all, IPAddressAllow= none
};

/// Nothing: there is no systemd to ask, or it does not know the unit.
[[nodiscard]] std::optional<UnitSandbox> sandbox_of(const std::string& unit);

}  // namespace innergate::admin::doctor
