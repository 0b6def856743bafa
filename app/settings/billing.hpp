// Settings: what the instance sells, and to whom.
#pragma once

namespace innergate::settings {

/// What the instance sells, and to whom.
struct Billing {
    bool saas = true;  ///< the instance sells to its groups, as GitLab.com does
};

}  // namespace innergate::settings
