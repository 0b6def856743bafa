#include "app/settings/feature_keys.hpp"

#include <string>

#include "app/settings/checks.hpp"
#include "app/settings/key_row.hpp"

namespace innergate::settings {

void add_features(std::vector<Key>& keys) {
    const auto add =
        [&keys](const std::string& name, bool Features::*member, const std::string& doc) {
            keys.push_back(row<bool>(
                "features",
                name,
                "on|off",
                [member](Settings& settings) -> bool& { return settings.features.*member; },
                doc
            ));
        };
    add("ssh_certificates",
        &Features::ssh_certificates,
        "Groups' SSH certificate authorities; off: none is known.");
    add("enterprise_users",
        &Features::enterprise_users,
        "A group's certificates are good for its enterprise users only; off: for all its members.");
    add("ip_restrictions",
        &Features::ip_restrictions,
        "Groups may name the addresses from which they are reached; off: these do not count.");
    add("container_registry",
        &Features::container_registry,
        "The instance has a container registry; off: no new token gets a scope for one.");
    add("security_dashboard",
        &Features::security_dashboard,
        "Agents report vulnerabilities of the images in their clusters; off: they are refused with "
        "403.");
    add("security_orchestration_policies",
        &Features::security_orchestration_policies,
        "Agents are told their scan execution policies; off: 402 or 404, which they take for none."
    );
    add("cluster_receptive_agents",
        &Features::cluster_receptive_agents,
        "The agent server is told which agents it is to call; off: 404.");
    add("subscriptions",
        &Features::subscriptions,
        "The billing portal's endpoints, on both pools; off: 404, as if there were none.");
    add("scim",
        &Features::scim,
        "Identity providers manage accounts and memberships by SCIM; off: 404, as if there were no "
        "such "
        "API.");
}

void add_billing(std::vector<Key>& keys) {
    keys.push_back(row<bool>(
        "billing",
        "saas",
        "on|off",
        [](Settings& settings) -> bool& { return settings.billing.saas; },
        "The instance sells to its groups, as GitLab.com does; off: storage limit exclusions and "
        "upcoming reconciliations are refused with 403."
    ));
}

void add_kas(std::vector<Key>& keys) {
    keys.push_back(row<bool>(
        "kas",
        "user_access",
        "on|off",
        [](Settings& settings) -> bool& { return settings.kas.user_access; },
        "People may reach clusters through the agent server; off: it is told so, with 401."
    ));
    keys.push_back(row<std::string, Check>(
        "kas",
        "uuid_namespace",
        "uuid",
        [](Settings& settings) -> std::string& { return settings.kas.uuid_namespace; },
        "Namespace of the UUIDs of findings. GitLab's production has the default; with another, "
        "vulnerabilities known before are taken for new ones.",
        uuid
    ));
}

}  // namespace innergate::settings
