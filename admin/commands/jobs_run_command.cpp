#include "admin/commands/jobs_run_command.hpp"

#include <csignal>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

#include "admin/commands/context.hpp"
#include "admin/jobs/hook_folder.hpp"
#include "admin/jobs/runner.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include "app/auth/gitaly_tokens.hpp"
#include "app/awaited_signals.hpp"
#include "app/clock.hpp"
#include "app/db/call_guard.hpp"
#include "app/db/errors.hpp"
#include "app/json/writer.hpp"
#include "app/log/logger.hpp"
#include "app/log/stream.hpp"
#include "handlers/inspectors/inspectors.hpp"

namespace innergate::admin {
namespace {

using jobs::Outcome;

struct Choice {
    bool once = false;
    std::string hooks_dir;
};

struct Counts {
    unsigned done = 0;
    unsigned failed = 0;

    void add(Outcome outcome) {
        done += outcome == Outcome::done ? 1 : 0;
        failed += outcome == Outcome::failed || outcome == Outcome::lost ? 1 : 0;
    }
};

/// One runner as long as it lives.
class RunnerProcess {
public:
    RunnerProcess(
        Context& context,
        Database& database,
        std::string database_name,
        const AwaitedSignals& signals
    )
        : settings_(context.settings.jobs),
          database_name_(std::move(database_name)),
          signals_(signals),
          log_stream_(STDERR_FILENO, "jobs", clock_),
          logger_(log_stream_, context.settings.logging.level),
          gitaly_tokens_(read_tokens(context.settings.storages, logger_)),
          inspectors_(context.settings.storages, gitaly_tokens_),
          runner_(
              handlers::PostReceiveJobStore{database.session()},
              handlers::DefaultBranchStore{database.session()},
              inspectors_,
              settings_,
              clock_,
              logger_
          ) {}

    /// Runs until a signal comes. The job in hand is finished first.
    void run() {
        logger_.log(log::RunnerStarted{
            .version = INNERGATE_VERSION,
            .database = database_name_,
            .hooks_dir = settings_.hooks_dir,
        });
        sd_notify(0, "READY=1");
        std::optional<int> signal;
        while (!signal) {
            const bool is_idle = !work();
            signal = signals_.wait_for(
                is_idle ? settings_.poll_interval : std::chrono::milliseconds::zero()
            );
        }
        sd_notify(0, "STOPPING=1");
        logger_.log(log::PoolStopping{.reason = *signal == SIGTERM ? "SIGTERM" : "SIGINT"});
        logger_.log(log::PoolStopped{});
    }

    /// Runs until no job is due, or a signal comes. Throws what the database throws.
    Counts run_once() {
        Counts counts;
        for (Outcome outcome = runner_.run_next(); outcome != Outcome::none_due;
             outcome = runner_.run_next()) {
            counts.add(outcome);
            if (signals_.wait_for(std::chrono::milliseconds::zero())) {
                break;
            }
        }
        return counts;
    }

private:
    /// Few jobs need a token. Without it those fail, and all others are done.
    static auth::GitalyTokens read_tokens(
        const settings::Storages& storages, const log::Logger& logger
    ) {
        auto tokens = auth::read_gitaly_tokens(storages);
        if (!tokens) {
            logger.log(log::Warning{tokens.error()});
        }
        return std::move(tokens).value_or(auth::GitalyTokens{});
    }

    /// Answers false if there is nothing to do or the database cannot serve at the moment.
    bool work() {
        try {
            const bool is_busy = runner_.run_next() != Outcome::none_due;
            tell(true, {});
            return is_busy;
        } catch (const db::Unavailable& unavailable) {
            tell(false, unavailable.what());
        } catch (const db::QueryError& error) {
            logger_.log(log::Warning{error.what()});
        }
        return false;
    }

    void tell(bool is_reachable, const std::string& reason) {
        if (is_reachable == is_reachable_) {
            return;
        }
        is_reachable_ = is_reachable;
        if (is_reachable) {
            logger_.log(log::DatabaseReachable{});
        } else {
            logger_.log(log::DatabaseUnreachable{reason});
        }
    }

    const settings::Jobs& settings_;
    std::string database_name_;
    SystemClock clock_;
    const AwaitedSignals& signals_;
    log::Stream log_stream_;
    log::Logger logger_;
    auth::GitalyTokens gitaly_tokens_;
    handlers::inspectors::Inspectors inspectors_;
    jobs::Runner runner_;
    std::optional<bool> is_reachable_;
};

void print(Context& context, const Counts& counts) {
    if (context.json) {
        std::string text;
        json::Writer writer{text};
        writer.begin_object();
        writer.member("done", counts.done);
        writer.member("failed", counts.failed);
        writer.end_object();
        context.out << text << '\n';
    } else {
        context.out << fmt::format("{} done, {} failed\n", counts.done, counts.failed);
    }
}

void run(Context& context, const Choice& choice) {
    if (!choice.hooks_dir.empty()) {
        context.settings.jobs.hooks_dir = std::filesystem::absolute(choice.hooks_dir);
    }
    // Otherwise each job would fail, and after some attempts for good.
    if (const auto hooks = jobs::hooks_in(context.settings.jobs.hooks_dir); !hooks) {
        context.fail(hooks.error());
        return;
    }
    auto options = context.database_options();
    if (!options) {
        context.fail(options.error());
        return;
    }
    // The runner runs on while others migrate, as the pools do.
    options->newer_schema = db::NewerSchema::survive;
    // Signals are blocked before any thread starts, because threads inherit that.
    const AwaitedSignals signals{SIGTERM, SIGINT};
    // A database that hangs must hold up neither the jobs of others nor the end of the process.
    db::CallGuard guard;
    options->guard = &guard;
    const std::string shown_as = options->shown_as;
    Database database{std::move(*options)};
    RunnerProcess process{context, database, shown_as, signals};
    if (!choice.once) {
        process.run();
        return;
    }
    const Counts counts = process.run_once();
    print(context, counts);
    if (counts.failed > 0) {
        context.exit_status = ExitStatus::failed;
    }
}

}  // namespace

void register_jobs_run(CLI::App& parent, Context& context) {
    CLI::App* const command = parent.add_subcommand(
        "run",
        "Do jobs as they come, until SIGTERM or SIGINT; the job in hand is finished first. Several "
        "runners share the work"
    );
    const auto choice = std::make_shared<Choice>();
    command->add_flag(
        "--once", choice->once, "Do the jobs that are due, then end; exit status 1 if one failed"
    );
    command
        ->add_option(
            "--hooks-dir",
            choice->hooks_dir,
            "Folder with the executables to call; else the setting"
        )
        ->type_name("DIR");
    command->callback([choice, &context] { run(context, *choice); });
}

}  // namespace innergate::admin
