// Do both APIs answer through nginx, and is the internal one absent from the public side?
#pragma once

#include <string>

#include "admin/doctor/finding.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

/// Without a slash at the end. Empty: not to be asked.
struct Urls {
    std::string internal;
    std::string public_;
};

[[nodiscard]] Findings check_answers(const Urls& urls, const settings::Settings& settings);

}  // namespace innergate::admin::doctor
