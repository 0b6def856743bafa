#include "admin/commands/jobs_command.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "admin/commands/context.hpp"
#include "admin/commands/jobs_run_command.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "app/json/writer.hpp"
#include "handlers/stores/pushes/post_receive_job_store.hpp"

namespace innergate::admin {
namespace {

using handlers::PostReceiveJobStore;

struct ListChoice {
    std::string state;
    std::string project;
};

struct Which {
    std::vector<long long> ids;
    bool all_failed = false;
};

std::string_view filter_of(const std::string& state) {
    if (state == "waiting") {
        return "is_waiting";
    }
    return state == "running" ? "is_running" : "has_failed";
}

void list(Context& context, const ListChoice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    std::vector<rows::Filter> filters;
    if (!choice.state.empty()) {
        filters.emplace_back(filter_of(choice.state), 0);
    }
    if (!choice.project.empty()) {
        const auto project = rows::EntityRows{*database, entities::kProject}.find(choice.project);
        if (!project) {
            context.fail(fmt::format("--project: there is no project {}", choice.project));
            return;
        }
        filters.emplace_back("project_id", *project);
    }
    print_list(context, *database, entities::kJob, filters);
}

void show(Context& context, const std::string& reference) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = rows::EntityRows{*database, entities::kJob}.find(reference);
    if (!id) {
        context.fail(fmt::format("there is no job {}", reference));
        return;
    }
    print_row(context, *database, entities::kJob, *id);
}

void print_count(Context& context, std::string_view what, std::size_t count) {
    if (context.json) {
        std::string text;
        json::Writer writer{text};
        writer.begin_object();
        writer.member(what, count);
        writer.end_object();
        context.out << text << '\n';
    } else {
        context.out << fmt::format("{} job{} {}\n", count, count == 1 ? "" : "s", what);
    }
}

/// `change` answers false for a job that is not there or is running.
template <class Change, class ChangeFailed>
void change(
    Context& context,
    const Which& which,
    std::string_view what,
    const Change& change,
    const ChangeFailed& change_failed
) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    PostReceiveJobStore store{database->session()};
    std::size_t count = which.all_failed ? change_failed(store) : 0;
    for (const long long id : which.ids) {
        if (change(store, PostReceiveJobId{id})) {
            ++count;
        } else if (rows::EntityRows{*database, entities::kJob}.find(std::to_string(id))) {
            context.fail(fmt::format("job {} is running: wait for its end", id));
        } else {
            context.fail(fmt::format("there is no job {}", id));
        }
    }
    if (count > 0 || which.all_failed) {
        print_count(context, what, count);
    }
}

void retry(Context& context, const Which& which) {
    const Timestamp now = SystemClock{}.now();
    change(
        context,
        which,
        "queued",
        [now](PostReceiveJobStore& store, PostReceiveJobId id) { return store.retry(id, now); },
        [now](PostReceiveJobStore& store) { return store.retry_failed(now); }
    );
}

void drop(Context& context, const Which& which) {
    change(
        context,
        which,
        "dropped",
        [](PostReceiveJobStore& store, PostReceiveJobId id) { return store.drop(id); },
        [](PostReceiveJobStore& store) { return store.drop_failed(); }
    );
}

std::shared_ptr<Which> add_which(CLI::App& command) {
    auto which = std::make_shared<Which>();
    CLI::App* const alternatives = command.add_option_group("which");
    alternatives->add_option("ID", which->ids, "Their numbers");
    alternatives->add_flag("--failed", which->all_failed, "All that have failed for good");
    alternatives->require_option(1);
    return which;
}

void register_looks(CLI::App& parent, Context& context) {
    CLI::App* const listing =
        parent.add_subcommand("list", "List what waits, runs or has failed; what is done is gone");
    const auto choice = std::make_shared<ListChoice>();
    listing->add_option("--state", choice->state, "Only these")
        ->type_name("waiting|running|failed")
        ->check(CLI::IsMember({"waiting", "running", "failed"}));
    listing->add_option("--project", choice->project, "Only this project's: full path or id");
    listing->callback([choice, &context] { list(context, *choice); });

    CLI::App* const showing = parent.add_subcommand("show", "Show one, with what its hooks said");
    const auto reference = std::make_shared<std::string>();
    showing->add_option("ID", *reference, "Its number")->required();
    showing->callback([reference, &context] { show(context, *reference); });
}

void register_changes(CLI::App& parent, Context& context) {
    CLI::App* const retrying = parent.add_subcommand(
        "retry", "Have some tried at once, with all their attempts ahead of them"
    );
    const auto retried = add_which(*retrying);
    retrying->callback([retried, &context] { retry(context, *retried); });

    CLI::App* const dropping = parent.add_subcommand("drop", "Forget some that do not run");
    const auto dropped = add_which(*dropping);
    dropping->callback([dropped, &context] { drop(context, *dropped); });
}

}  // namespace

void register_jobs(CLI::App& app, Context& context) {
    CLI::App* const parent = app.add_subcommand(
        "jobs", "What pushes left to be done, and the runner that does it. See docs/jobs.md"
    );
    parent->require_subcommand(1);
    register_looks(*parent, context);
    register_changes(*parent, context);
    register_jobs_run(*parent, context);
}

}  // namespace innergate::admin
