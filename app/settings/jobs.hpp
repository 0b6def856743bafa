// Settings of the runner of post-receive jobs.
#pragma once

#include <chrono>
#include <string>

namespace innergate::settings {

/// What becomes of pushes after they were told: `innergate-admin jobs run`.
struct Jobs {
    std::string hooks_dir = "/etc/innergate/post-receive.d";
    std::chrono::seconds hook_timeout{60};  ///< for each executable
    unsigned max_attempts = 10;             ///< then a job has failed for good
    std::chrono::seconds retry_delay{10};   ///< doubles with each attempt, up to an hour
    std::chrono::milliseconds poll_interval{1000};
    /// Beyond the time that what it runs may take: a runner silent for so long is gone.
    std::chrono::seconds lease{60};
};

}  // namespace innergate::settings
