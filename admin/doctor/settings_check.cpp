#include "admin/doctor/settings_check.hpp"

namespace innergate::admin::doctor {

Findings check_settings(const std::vector<settings::Fault>& faults) {
    if (faults.empty()) {
        return {good("settings: valid")};
    }
    Findings findings;
    for (const settings::Fault& fault : faults) {
        findings.push_back(failed(
            "settings: " + settings::to_string(fault),
            "correct it; innergate-admin settings --example prints every key"
        ));
    }
    return findings;
}

}  // namespace innergate::admin::doctor
