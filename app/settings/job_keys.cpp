#include "app/settings/job_keys.hpp"

#include <utility>

#include "app/settings/checks.hpp"
#include "app/settings/key_row.hpp"

namespace innergate::settings {
namespace {

template <class Duration>
void add_time(
    std::vector<Key>& keys,
    std::string name,
    std::string form,
    const Accessor<Duration>& access,
    std::string doc
) {
    keys.push_back(
        row<Duration>("jobs", std::move(name), std::move(form), access, std::move(doc), positive_time<Duration>)
    );
}

}  // namespace

void add_jobs(std::vector<Key>& keys) {
    keys.push_back(row<std::string, Check>(
        "jobs",
        "hooks_dir",
        "path",
        [](Settings& settings) -> std::string& { return settings.jobs.hooks_dir; },
        "Folder with the executables that innergate-admin jobs run calls after each push.",
        absolute_folder
    ));
    add_time<std::chrono::seconds>(
        keys,
        "hook_timeout",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& { return settings.jobs.hook_timeout; },
        "How long each executable may take before it is killed and its job has failed."
    );
    keys.push_back(row<unsigned>(
        "jobs",
        "max_attempts",
        "count",
        [](Settings& settings) -> unsigned& { return settings.jobs.max_attempts; },
        "How often a job is tried before it has failed for good, and later ones of its repository "
        "go on.",
        attempt_count
    ));
    add_time<std::chrono::seconds>(
        keys,
        "retry_delay",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& { return settings.jobs.retry_delay; },
        "Wait before a job is tried again; it doubles with each attempt, up to an hour."
    );
    add_time<std::chrono::milliseconds>(
        keys,
        "poll_interval",
        "milliseconds",
        [](Settings& settings) -> std::chrono::milliseconds& {
            return settings.jobs.poll_interval;
        },
        "How often an idle runner looks for jobs."
    );
    add_time<std::chrono::seconds>(
        keys,
        "lease",
        "seconds",
        [](Settings& settings) -> std::chrono::seconds& { return settings.jobs.lease; },
        "A runner that is silent for so long beyond hook_timeout is taken for dead, and its job is "
        "given to another one."
    );
}

}  // namespace innergate::settings
