// Does post-receive jobs, one at a time: records the push, makes HEAD of a new repository agree,
// then runs the operator's executables.
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/log/logger.hpp"
#include "app/settings/jobs.hpp"
#include "handlers/stores/git/default_branch_store.hpp"
#include "handlers/stores/pushes/post_receive_job_store.hpp"

namespace innergate::handlers::inspectors {
class Inspectors;
}

namespace innergate::admin::jobs {

enum class Outcome {
    none_due,
    done,
    failed,  ///< to be tried again, or for good
    lost,    ///< its claim ran out meanwhile: another runner has it
};

class Runner {
public:
    /// All outlive the runner.
    Runner(
        handlers::PostReceiveJobStore store,
        handlers::DefaultBranchStore branches,
        handlers::inspectors::Inspectors& inspectors,
        const settings::Jobs& settings,
        const Clock& clock,
        const log::Logger& logger
    )
        : store_(store),
          branches_(branches),
          inspectors_(inspectors),
          settings_(settings),
          clock_(clock),
          logger_(logger) {}

    /// Does the job whose turn it is. Throws what the database throws; the job it had in hand then
    /// is taken up again when its claim is over.
    Outcome run_next();

private:
    /// What became of one attempt.
    struct Attempt {
        std::string error;  ///< empty: none
        std::string output;
        bool is_lost = false;
    };

    [[nodiscard]] Timestamp claim_end() const;
    Outcome run(handlers::JobClaim& claim, const handlers::PostReceiveJob& job);
    Attempt attempt(handlers::JobClaim& claim, const handlers::PostReceiveJob& job);
    Attempt run_hooks(handlers::JobClaim& claim, const std::string& document);
    bool keep_for_later(
        const handlers::JobClaim& claim, const handlers::PostReceiveJob& job, const Attempt& attempt
    );

    handlers::PostReceiveJobStore store_;
    handlers::DefaultBranchStore branches_;
    handlers::inspectors::Inspectors& inspectors_;
    const settings::Jobs& settings_;
    const Clock& clock_;
    const log::Logger& logger_;
};

/// How long to wait after that many attempts: `delay`, doubled with each, up to an hour.
[[nodiscard]] std::chrono::seconds back_off(std::chrono::seconds delay, int attempts);

}  // namespace innergate::admin::jobs
