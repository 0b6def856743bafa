#include "admin/repository/repository_command.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "admin/commands/context.hpp"
#include "admin/repository/listing.hpp"
#include "admin/repository/repositories.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/json/writer.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"

namespace innergate::admin {
namespace {

using handlers::domain::git_access::ContainerKind;
using repository::ContainerFacts;
using repository::Creation;
using repository::Repositories;
using repository::State;

struct Choice {
    std::string name;
    std::optional<std::string> default_branch;
};

/// What can be said of a repository. A member without a value is not known.
struct Answer {
    std::string_view source;  ///< who says it: storage or database; empty: nobody
    std::optional<bool> exists;
    std::optional<bool> is_empty;
    std::optional<std::string> default_branch;
    std::string_view result;  ///< of `create`
};

Answer answer_of(const State& state, std::string_view result = {}) {
    Answer answer{
        .source = "storage",
        .exists = state.exists,
        .is_empty = {},
        .default_branch = state.default_branch,
        .result = result};
    if (state.exists) {
        answer.is_empty = state.is_empty;
    }
    return answer;
}

/// The answer where nobody can look. The database knows nothing of a wiki.
Answer stored_answer(const ContainerFacts& facts) {
    Answer answer;
    std::string branch;
    if (facts.kind == ContainerKind::project && facts.project) {
        answer.exists = facts.project->does_repository_exist;
        answer.is_empty = facts.project->is_repository_empty;
        branch = facts.project->default_branch;
    } else if (facts.kind == ContainerKind::snippet && facts.snippet) {
        answer.exists = facts.snippet->does_repository_exist;
        branch = facts.snippet->default_branch;
    } else {
        return answer;
    }
    answer.source = "database";
    if (!branch.empty()) {
        answer.default_branch = branch;
    }
    return answer;
}

void print_json(Context& context, const ContainerFacts& facts, const Answer& answer) {
    const std::string storage{storage_of(facts)};
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    if (!answer.result.empty()) {
        writer.member("result", answer.result);
    }
    writer.member("gl_repository", to_string(gl_repository_of(facts)));
    writer.member("path", gl_project_path_of(facts));
    writer.member("storage", storage);
    writer.member("relative_path", relative_path_of(facts));
    writer.member("inspector", repository::describe_inspector(context.settings.storages, storage));
    writer.member("exists", answer.exists);
    writer.member("empty", answer.is_empty);
    writer.member("default_branch", answer.default_branch);
    writer.member("source", answer.source.empty() ? std::nullopt : std::optional{answer.source});
    writer.end_object();
    context.out << text << '\n';
}

std::string words_for(const std::optional<bool>& answer) {
    return answer ? (*answer ? "yes" : "no") : "not known";
}

void print_text(Context& context, const ContainerFacts& facts, const Answer& answer) {
    const std::string storage{storage_of(facts)};
    context.out << fmt::format(
        "gl_repository: {}\npath: {}\nstorage: {}\nrelative_path: {}\ninspector: {}\n",
        to_string(gl_repository_of(facts)),
        gl_project_path_of(facts),
        storage,
        relative_path_of(facts),
        repository::describe_inspector(context.settings.storages, storage)
    );
    const std::string_view note = answer.source == "database" ? "  (as the database has it)" : "";
    context.out << fmt::format(
        "exists: {0}{3}\nempty: {1}{3}\ndefault_branch: {2}{3}\n",
        words_for(answer.exists),
        words_for(answer.is_empty),
        answer.default_branch.value_or("-"),
        note
    );
}

void show(Context& context, const Choice& choice) {
    const auto repositories = Repositories::open(context);
    if (repositories == nullptr) {
        return;
    }
    const auto facts = repositories->find(choice.name);
    if (!facts) {
        context.fail(facts.error());
        return;
    }
    const auto print = context.json ? print_json : print_text;
    if (!repositories->inspectors().can_look_into(storage_of(*facts))) {
        print(context, *facts, stored_answer(*facts));
        return;
    }
    const auto state = repositories->look_into(*facts);
    if (!state) {
        // The place of the repository helps to look for the reason.
        print(context, *facts, {});
        context.fail(state.error().reason);
        return;
    }
    print(context, *facts, answer_of(*state));
}

void create(Context& context, const Choice& choice) {
    const auto repositories = Repositories::open(context);
    if (repositories == nullptr) {
        return;
    }
    const auto facts = repositories->find(choice.name);
    if (!facts) {
        context.fail(facts.error());
        return;
    }
    const auto created = repositories->create(*facts, choice.default_branch);
    if (!created) {
        context.fail(created.error().reason);
        return;
    }
    const bool is_new = created->creation == Creation::created;
    if (context.json) {
        print_json(context, *facts, answer_of(created->state, is_new ? "created" : "was_there"));
        return;
    }
    context.out << fmt::format(
        "{} {}: {}, default branch {}\n",
        to_string(gl_repository_of(*facts)),
        gl_project_path_of(*facts),
        is_new ? "created" : "was there",
        created->state.default_branch.value_or("-")
    );
}

CLI::App& add_named(CLI::App& parent, const char* name, const char* description, Choice& choice) {
    CLI::App* const command = parent.add_subcommand(name, description);
    command
        ->add_option(
            "NAME",
            choice.name,
            "Path as in a clone URL (group/project, group/project.wiki, snippets/7), or a name "
            "such "
            "as project-3, wiki-3 or snippet-7"
        )
        ->required();
    return *command;
}

}  // namespace

void register_repository(CLI::App& app, Context& context) {
    CLI::App* const command =
        app.add_subcommand("repository", "Git repositories of projects, wikis and snippets");
    command->require_subcommand(1);

    const auto shown = std::make_shared<Choice>();
    add_named(*command, "show", "Say where one lies, and how it is", *shown)
        .callback([shown, &context] { show(context, *shown); });

    const auto created = std::make_shared<Choice>();
    CLI::App& creation = add_named(
        *command, "create", "Make one in its storage, unless it is there, and note so", *created
    );
    creation
        .add_option(
            "--default-branch",
            created->default_branch,
            "Branch that HEAD of a new one names; else what its project says, else main"
        )
        ->type_name("BRANCH");
    creation.callback([created, &context] { create(context, *created); });

    const auto listed = std::make_shared<repository::ListChoice>();
    CLI::App* const listing = command->add_subcommand(
        "list", "List those of projects and snippets; wikis, which need none, are left out"
    );
    listing->add_option("--storage", listed->storage, "Only those of this storage")
        ->type_name("NAME");
    listing->add_flag(
        "--missing", listed->is_missing_only, "Only those that are not there: asks the storages"
    );
    listing->callback([listed, &context] { repository::list(context, *listed); });
}

}  // namespace innergate::admin
