#include "admin/entities/row_commands.hpp"

#include <memory>
#include <string>
#include <vector>

#include "admin/commands/agent_event_commands.hpp"
#include "admin/commands/agent_token_commands.hpp"
#include "admin/commands/context.hpp"
#include "admin/commands/deploy_key_commands.hpp"
#include "admin/commands/policy_commands.hpp"
#include "admin/entities/row_changes.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/row_options.hpp"
#include "admin/repository/project_repository.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace innergate::admin {
namespace {

/// Of `project add`.
const std::string kCreateRepository{"--create-repository"};

/// What was given for one option of the table.
struct OptionTexts {
    std::string once;
    std::vector<std::string> each_time;
};

struct AddChoice {
    std::vector<OptionTexts> texts;  ///< one per option of the table
};

struct UpdateChoice {
    std::string reference;
    std::vector<OptionTexts> texts;  ///< one per option of the table
};

struct ListChoice {
    std::vector<std::string> texts;
};

struct RowChoice {
    std::string reference;
    bool is_forced = false;
};

std::vector<GivenOption> given_options(
    std::span<const AddOption> options,
    const CLI::App& command,
    const std::vector<OptionTexts>& all_texts
) {
    std::vector<GivenOption> given;
    for (std::size_t at = 0; at < options.size(); ++at) {
        const AddOption& option = options[at];
        const OptionTexts& texts = all_texts[at];
        if (option.need == AddOption::Need::repeatable) {
            for (const std::string& text : texts.each_time) {
                given.emplace_back(&option, text);
            }
        } else if (command.count(std::string{option.name}) > 0) {
            given.emplace_back(&option, texts.once);
        }
    }
    return given;
}

void add(
    Context& context,
    const EntityCommands& commands,
    const CLI::App& command,
    const AddChoice& choice
) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto added =
        add_row(context, *database, commands, given_options(commands.add, command, choice.texts));
    if (!added) {
        context.fail(added.error());
        return;
    }
    const bool needs_repository =
        commands.entity == rows::EntityName::project && command.count(kCreateRepository) > 0;
    if (needs_repository && !repository::create_for_project(context, added->id)) {
        return;
    }
    print_added(context, *database, commands, *added);
}

void update(
    Context& context,
    const EntityCommands& commands,
    const CLI::App& command,
    const UpdateChoice& choice
) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto updated = update_row(
        context,
        *database,
        commands,
        choice.reference,
        given_options(commands.update, command, choice.texts)
    );
    if (!updated) {
        context.fail(updated.error());
        return;
    }
    print_row(context, *database, commands, *updated);
}

void list(
    Context& context,
    const EntityCommands& commands,
    const CLI::App& command,
    const ListChoice& choice
) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    std::vector<rows::Filter> filters;
    for (std::size_t at = 0; at < commands.list.size(); ++at) {
        const ListOption& option = commands.list[at];
        if (command.count(std::string{option.name}) == 0) {
            continue;
        }
        if (!option.parent) {
            filters.emplace_back(option.filter, 0);
            continue;
        }
        const auto parent = rows::EntityRows{*database, *option.parent}.find(choice.texts[at]);
        if (!parent) {
            context.fail(fmt::format("{}: there is no {}", option.name, choice.texts[at]));
            return;
        }
        filters.emplace_back(option.filter, *parent);
    }
    print_list(context, *database, commands, filters);
}

void show(Context& context, const EntityCommands& commands, const RowChoice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = rows::EntityRows{*database, commands.entity}.find(choice.reference);
    if (!id) {
        context.fail(fmt::format("there is no {} {}", commands.name, choice.reference));
        return;
    }
    print_row(context, *database, commands, *id);
}

void remove(Context& context, const EntityCommands& commands, const RowChoice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = remove_row(
        *database, commands, choice.reference, choice.is_forced ? Orphans::remove : Orphans::refuse
    );
    if (!id) {
        context.fail(id.error());
    } else {
        print_removed(context, commands, *id);
    }
}

CLI::App& register_add(CLI::App& parent, Context& context, const EntityCommands& commands) {
    CLI::App* const command = parent.add_subcommand("add", "Add one");
    const auto choice = std::make_shared<AddChoice>();
    choice->texts.resize(commands.add.size());
    CLI::App* alternatives = nullptr;
    for (std::size_t at = 0; at < commands.add.size(); ++at) {
        const AddOption& option = commands.add[at];
        const std::string name{option.name};
        const std::string description{option.description};
        switch (option.need) {
            case AddOption::Need::flag:
                command->add_flag(name, description);
                break;
            case AddOption::Need::one_of:
            case AddOption::Need::one_of_flag:
                if (alternatives == nullptr) {
                    alternatives = command->add_option_group("one of");
                    alternatives->require_option(1);
                }
                if (option.need == AddOption::Need::one_of_flag) {
                    alternatives->add_flag(name, description);
                } else {
                    alternatives->add_option(name, choice->texts[at].once, description);
                }
                break;
            case AddOption::Need::repeatable:
                command->add_option(name, choice->texts[at].each_time, description)
                    ->allow_extra_args(false);
                break;
            case AddOption::Need::required:
            case AddOption::Need::optional:
                command->add_option(name, choice->texts[at].once, description)
                    ->required(option.need == AddOption::Need::required);
                break;
        }
    }
    command->callback([choice, command, &context, &commands] {
        add(context, commands, *command, *choice);
    });
    return *command;
}

void register_update(CLI::App& parent, Context& context, const EntityCommands& commands) {
    CLI::App* const command = parent.add_subcommand("update", "Change what is named of one");
    const auto choice = std::make_shared<UpdateChoice>();
    choice->texts.resize(commands.update.size());
    command->add_option("WHICH", choice->reference, std::string{commands.reference})->required();
    CLI::App* const changes = command->add_option_group("one or more of");
    changes->require_option(1, 0);  // no upper limit
    for (std::size_t at = 0; at < commands.update.size(); ++at) {
        const AddOption& option = commands.update[at];
        changes->add_option(
            std::string{option.name}, choice->texts[at].once, std::string{option.description}
        );
    }
    command->callback([choice, command, &context, &commands] {
        update(context, commands, *command, *choice);
    });
}

void register_list(CLI::App& parent, Context& context, const EntityCommands& commands) {
    CLI::App* const command = parent.add_subcommand("list", "List them");
    const auto choice = std::make_shared<ListChoice>();
    choice->texts.resize(commands.list.size());
    for (std::size_t at = 0; at < commands.list.size(); ++at) {
        const ListOption& option = commands.list[at];
        const std::string name{option.name};
        const std::string description{option.description};
        if (option.parent) {
            command->add_option(name, choice->texts[at], description);
        } else {
            command->add_flag(name, description);
        }
    }
    command->callback([choice, command, &context, &commands] {
        list(context, commands, *command, *choice);
    });
}

void register_show(CLI::App& parent, Context& context, const EntityCommands& commands) {
    CLI::App* const command = parent.add_subcommand("show", "Show one");
    const auto choice = std::make_shared<RowChoice>();
    command->add_option("WHICH", choice->reference, std::string{commands.reference})->required();
    command->callback([choice, &context, &commands] { show(context, commands, *choice); });
}

void register_remove(CLI::App& parent, Context& context, const EntityCommands& commands) {
    CLI::App* const command =
        parent.add_subcommand("remove", "Remove one, with all that is only about it");
    const auto choice = std::make_shared<RowChoice>();
    command->add_option("WHICH", choice->reference, std::string{commands.reference})->required();
    command->add_flag(
        "--force", choice->is_forced, "Also when others hang on it, which are removed too"
    );
    command->callback([choice, &context, &commands] { remove(context, commands, *choice); });
}

void register_making(CLI::App& parent, Context& context, const EntityCommands& commands) {
    if (commands.entity == rows::EntityName::policy) {
        register_policy_add(parent, context, commands);
        return;
    }
    CLI::App& command = register_add(parent, context, commands);
    if (commands.entity == rows::EntityName::project) {
        const std::string description{"Make its Git repository in the storage, too"};
        command.add_flag(kCreateRepository, description);
    }
}

}  // namespace

void register_rows(CLI::App& app, Context& context) {
    for (const EntityCommands& commands : entity_commands()) {
        CLI::App* const parent =
            app.add_subcommand(std::string{commands.name}, std::string{commands.description});
        parent->require_subcommand(1);
        if (commands.handling == Handling::kept) {
            register_making(*parent, context, commands);
        }
        register_list(*parent, context, commands);
        register_show(*parent, context, commands);
        if (commands.handling == Handling::kept) {
            register_remove(*parent, context, commands);
        }
        if (!commands.update.empty()) {
            register_update(*parent, context, commands);
        }
        if (commands.entity == rows::EntityName::deploy_key) {
            register_deployments(*parent, context, commands);
        }
        if (commands.entity == rows::EntityName::agent) {
            register_agent_events(*parent, context, commands);
        }
        if (commands.entity == rows::EntityName::agent_token) {
            register_agent_token_revocation(*parent, context, commands);
        }
    }
}

}  // namespace innergate::admin
