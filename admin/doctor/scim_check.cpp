#include "admin/doctor/scim_check.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "admin/entities/rows/scim_rows.hpp"
#include <fmt/format.h>

#include "app/settings/settings.hpp"

namespace innergate::admin::doctor {
namespace {

/// A line is for reading, so it names only some of many groups.
std::string listed(const std::vector<std::string>& paths) {
    constexpr std::size_t kNamed = 10;
    const std::size_t count = std::min(paths.size(), kNamed);
    std::string text;
    for (std::size_t at = 0; at < count; ++at) {
        text += (at == 0 ? "" : ", ") + paths[at];
    }
    return paths.size() > kNamed ? fmt::format("{} and {} more", text, paths.size() - kNamed)
                                 : text;
}

}  // namespace

Findings check_scim(Database& database, const settings::Settings& settings) {
    const rows::ScimTokenUse use = rows::read_scim_token_use(database);
    if (use.count == 0) {
        return {};
    }
    if (!settings.features.scim) {
        return {warning(
            "scim: there are tokens, but the feature is off: every call is answered with 404",
            "set features.scim to true, or remove the tokens (innergate-admin scim-token)"
        )};
    }
    Findings findings;
    if (!use.groups_without_sso.empty()) {
        findings.push_back(warning(
            fmt::format(
                "scim: tokens are refused, for want of an enabled SAML provider, in {}",
                listed(use.groups_without_sso)
            ),
            "innergate-admin saml-provider add --group PATH, or update PATH --enabled yes"
        ));
    }
    if (use.instance_is_without_sso) {
        findings.push_back(warning(
            "scim: tokens of the instance are refused, because SAML is off in its settings",
            "import {\"application_settings\":[{\"saml_enabled\":true}]}"
        ));
    }
    if (findings.empty()) {
        findings.push_back(good("scim: single sign-on is on wherever there is a token"));
    }
    return findings;
}

}  // namespace innergate::admin::doctor
