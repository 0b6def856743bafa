#include "admin/commands/explain_command.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "admin/commands/context.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/auth/gitaly_tokens.hpp"
#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "handlers/shell/access_check.hpp"
#include "handlers/shell/allowed_request.hpp"

namespace innergate::programs {
namespace {

namespace git_access = handlers::domain::git_access;
using git_access::Decision;
using git_access::Step;
using git_access::StepOutcome;
using handlers::shell::AccessCheck;

struct Options {
    std::optional<long long> key_id;
    std::optional<long long> user_id;
    std::optional<std::string> username;
    std::optional<std::string> project;
    std::optional<std::string> gl_repository;
    std::string action;
    std::vector<std::string> changes;
    std::string protocol = "ssh";
    std::optional<std::string> check_ip;
    std::optional<std::string> env;
    std::optional<std::string> relative_path;
};

handlers::shell::AllowedRequest request_of(const Options& options) {
    handlers::shell::AllowedRequest request;
    if (options.key_id) {
        request.key_id = KeyId{*options.key_id};
    }
    if (options.user_id) {
        request.user_id = UserId{*options.user_id};
    }
    request.username = options.username;
    request.action = options.action;
    request.project = options.project;
    request.gl_repository = options.gl_repository;
    request.changes = options.changes.empty()
                          ? std::string{"_any"}
                          : fmt::format("{}\n", fmt::join(options.changes, "\n"));
    request.protocol = options.protocol;
    request.check_ip = options.check_ip;
    request.env = options.env;
    request.relative_path = options.relative_path;
    return request;
}

std::string describe_actor(const git_access::Actor& actor) {
    std::string user = actor.user
                           ? fmt::format("user {} {}", actor.user->id.value, actor.user->username)
                           : std::string{"nobody"};
    if (!actor.key) {
        return user;
    }
    return fmt::format(
        "{} {}, {}", actor.key->is_deploy_key ? "deploy key" : "key", actor.key->id.value, user
    );
}

std::string describe_repository(const git_access::ContainerFacts* container) {
    if (container == nullptr) {
        return "none of that name";
    }
    return fmt::format(
        "{} {}", to_string(gl_repository_of(*container)), gl_project_path_of(*container)
    );
}

std::string describe_answer(const Decision& decision) {
    switch (decision.kind) {
        case Decision::Kind::granted:
            return "allowed";
        case Decision::Kind::create_project:
            return "allowed: the push creates the project";
        case Decision::Kind::refused:
            break;
    }
    return fmt::format(
        "refused by rule {} with HTTP {}: {}",
        decision.refusal.rule,
        decision.refusal.status,
        decision.refusal.message
    );
}

/// Rules of other kinds of repositories and actors say nothing about this one.
bool is_worth_a_line(const Step& step) {
    return step.outcome != StepOutcome::not_applicable;
}

std::string describe_facts(const Step& step) {
    std::string text;
    for (const auto& fact : step.facts) {
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", fact.name, fact.value);
    }
    return text;
}

void print_text(
    admin::Context& context,
    const AccessCheck& check,
    const Decision& decision,
    const std::vector<Step>& steps,
    bool is_whole
) {
    context.out << fmt::format("actor       {}\n", describe_actor(check.actor().actor))
                << fmt::format("repository  {}\n\n", describe_repository(check.container()));
    std::size_t left_out = 0;
    for (const Step& step : steps) {
        if (!is_whole && !is_worth_a_line(step)) {
            ++left_out;
            continue;
        }
        context.out << fmt::format(
            "{:<4} {:<8} {}{}{}\n",
            step.rule,
            to_string(step.outcome),
            step.demand,
            step.ref.empty() ? "" : ": ",
            step.ref
        );
        if (!step.facts.empty()) {
            context.out << fmt::format("{:13} {}\n", "", describe_facts(step));
        }
    }
    if (left_out > 0) {
        context.out << fmt::format(
            "\n{} more rules do not apply here; --all shows them\n", left_out
        );
    }
    for (const auto& skipped : decision.skipped_checks) {
        context.out << fmt::format(
            "not checked: {}: {}\n", to_string(skipped.check), skipped.failure.reason
        );
    }
    context.out << fmt::format("\n{}\n", describe_answer(decision));
    if (!decision.refusal.log_detail.empty()) {
        context.out << fmt::format("({})\n", decision.refusal.log_detail);
    }
}

void write_step(json::Writer& writer, const Step& step) {
    writer.begin_object();
    writer.member("row", step.rule);
    writer.member("rule", step.demand);
    if (!step.ref.empty()) {
        writer.member("ref", step.ref);
    }
    writer.member("outcome", to_string(step.outcome));
    writer.key("facts");
    writer.begin_object();
    for (const auto& fact : step.facts) {
        writer.member(fact.name, fact.value);
    }
    writer.end_object();
    writer.end_object();
}

void print_json(
    admin::Context& context,
    const AccessCheck& check,
    const Decision& decision,
    const std::vector<Step>& steps
) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("actor", describe_actor(check.actor().actor));
    writer.member("repository", describe_repository(check.container()));
    writer.member("allowed", decision.kind != Decision::Kind::refused);
    writer.member("creates_project", decision.kind == Decision::Kind::create_project);
    if (decision.kind == Decision::Kind::refused) {
        writer.member("row", decision.refusal.rule);
        writer.member("status", decision.refusal.status);
        writer.member("message", decision.refusal.message);
        writer.member("detail", decision.refusal.log_detail);
    }
    writer.key("steps");
    writer.begin_array();
    for (const Step& step : steps) {
        write_step(writer, step);
    }
    writer.end_array();
    writer.key("skipped_checks");
    writer.begin_array();
    for (const auto& skipped : decision.skipped_checks) {
        writer.begin_object();
        writer.member("check", to_string(skipped.check));
        writer.member("reason", skipped.failure.reason);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    context.out << text << '\n';
}

void explain(admin::Context& context, const Options& options, bool is_whole) {
    admin::Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto tokens = auth::read_gitaly_tokens(context.settings.storages);
    if (!tokens) {
        context.fail(tokens.error());
        return;
    }
    handlers::inspectors::Inspectors inspectors{context.settings.storages, *tokens};
    handlers::shell::AccessStores stores{database->session()};
    git_access::Trace trace;
    AccessCheck check{
        request_of(options),
        {.stores = stores, .inspectors = inspectors, .settings = context.settings},
        "",
        SystemClock{}.now(),
        &trace};
    // No other request waits for this one, so slow work is done at once.
    const Decision decision = check.decide(routing::SlowWork{Lane::slow});
    if (context.json) {
        print_json(context, check, decision, trace.steps());
    } else {
        print_text(context, check, decision, trace.steps(), is_whole);
    }
}

void add_options(CLI::App& command, Options& options) {
    CLI::Option_group* const actor = command.add_option_group("Actor");
    actor->add_option("--key-id", options.key_id, "SSH key or deploy key")->type_name("ID");
    actor->add_option("--user-id", options.user_id, "User, by id")->type_name("ID");
    actor->add_option("--username", options.username, "User, by name")->type_name("NAME");
    actor->require_option(1);
    CLI::Option_group* const repository = command.add_option_group("Repository");
    repository->add_option("--project", options.project, "Path, as it stands in a clone URL")
        ->type_name("PATH");
    repository->add_option("--gl-repository", options.gl_repository, "Such as project-7 or wiki-7")
        ->type_name("NAME");
    repository->require_option(1);
    command.add_option("--action", options.action, "What Git is to do")
        ->required()
        ->check(CLI::IsMember{{"git-upload-pack", "git-upload-archive", "git-receive-pack"}});
    command
        .add_option(
            "--changes",
            options.changes,
            "A ref of a push as \"OLD_ID NEW_ID REF\", once per ref. Without it the question is "
            "that of gitlab-shell, before Git starts"
        )
        ->type_name("TEXT")
        ->allow_extra_args(false);
    command.add_option("--protocol", options.protocol, "ssh unless said otherwise")
        ->check(CLI::IsMember{{"ssh", "http", "web"}});
    command.add_option("--check-ip", options.check_ip, "Address the user comes from")
        ->type_name("IP");
    command
        .add_option("--env", options.env, "Where the hook's new objects are, as Gitaly tells it")
        ->type_name("JSON");
    command
        .add_option(
            "--relative-path",
            options.relative_path,
            "Where Gitaly has the repository for the moment; else where it belongs"
        )
        ->type_name("PATH");
}

}  // namespace

void register_explain(CLI::App& app, admin::Context& context) {
    CLI::App* const command = app.add_subcommand("explain", "Say how a decision comes about");
    command->require_subcommand(1);
    CLI::App* const subcommand = command->add_subcommand(
        "allowed", "Why may, or may not, this key or user fetch from, or push to, a repository?"
    );
    const auto options = std::make_shared<Options>();
    const auto is_whole = std::make_shared<bool>(false);
    add_options(*subcommand, *options);
    subcommand->add_flag("--all", *is_whole, "Show the rules that do not apply, too");
    subcommand->callback([options, is_whole, &context] { explain(context, *options, *is_whole); });
}

}  // namespace innergate::programs
