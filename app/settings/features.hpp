// Settings: what the instance offers.
#pragma once

namespace innergate::settings {

struct Features {
    bool ssh_certificates = true;
    bool enterprise_users = true;
    bool ip_restrictions = true;
    bool container_registry = true;
    bool security_dashboard = true;
    bool security_orchestration_policies = true;
    bool cluster_receptive_agents = false;
    bool subscriptions = true;
    bool scim = true;
};

}  // namespace innergate::settings
