// Settings of the runner of post-receive jobs.
#pragma once

#include <chrono>
#include <string>

namespace innergate::settings {

/// What is done about pushes after they were reported: `innergate-admin jobs run`.
struct Jobs {
    std::string hooks_dir = "/etc/innergate/post-receive.d";
    std::chrono::seconds hook_timeout{60};  ///< for each executable
    unsigned max_attempts = 10;             ///< then a job has failed for good
    std::chrono::seconds retry_delay{10};   ///< doubles with each attempt, up to an hour
    std::chrono::milliseconds poll_interval{1000};
    /// A runner that is silent for this much longer than what it runs may take is gone.
    std::chrono::seconds lease{60};
};

}  // namespace innergate::settings
