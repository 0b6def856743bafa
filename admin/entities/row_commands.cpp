#include "admin/entities/row_commands.hpp"

#include <memory>
#include <string>
#include <vector>

#include "admin/commands/context.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/row_changes.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace innergate::admin {
namespace {

/// What was given for one option of a member.
struct OptionTexts {
    std::string once;
    std::vector<std::string> each_time;
};

struct AddChoice {
    std::vector<OptionTexts> texts;  ///< one per member
};

struct SetChoice {
    std::string reference;
    std::vector<std::string> changes;  ///< NAME=VALUE
    std::vector<std::string> texts;    ///< one per member, of its Member::set_option
};

struct ListChoice {
    std::vector<std::string> texts;
};

struct RowChoice {
    std::string reference;
    bool is_forced = false;
};

std::vector<GivenOption> given_options(
    const Entity& entity, const CLI::App& command, const AddChoice& choice
) {
    std::vector<GivenOption> given;
    for (std::size_t at = 0; at < entity.members.size(); ++at) {
        const Member& member = entity.members[at];
        const OptionTexts& texts = choice.texts[at];
        if (member.need == Need::repeatable) {
            for (const std::string& text : texts.each_time) {
                given.emplace_back(&member, text);
            }
        } else if (member.need != Need::none && command.count(std::string{member.option}) > 0) {
            given.emplace_back(&member, texts.once);
        }
    }
    return given;
}

void add(Context& context, const Entity& entity, const CLI::App& command, const AddChoice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto added = add_row(context, *database, entity, given_options(entity, command, choice));
    if (!added) {
        context.fail(added.error());
        return;
    }
    const bool does_more = entity.add_flag && command.count(std::string{entity.add_flag->name}) > 0;
    if (does_more && !entity.add_flag->act(context, added->id)) {
        return;
    }
    print_added(context, *database, entity, *added);
}

/// The error is a sentence for the operator.
tl::expected<std::vector<Change>, std::string> given_changes(
    const Entity& entity, const CLI::App& command, const SetChoice& choice
) {
    std::vector<Change> changes;
    for (const std::string& text : choice.changes) {
        const std::size_t sign = text.find('=');
        if (sign == std::string::npos || sign == 0) {
            return tl::unexpected(fmt::format("'{}' is not of the form COLUMN=VALUE", text));
        }
        changes.push_back({.name = text.substr(0, sign), .text = text.substr(sign + 1)});
    }
    for (std::size_t at = 0; at < entity.members.size(); ++at) {
        const Member& member = entity.members[at];
        const std::string option{member.set_option};
        if (!option.empty() && command.count(option) > 0) {
            changes.push_back({.name = option, .text = choice.texts[at], .option = &member});
        }
    }
    return changes;
}

void set(Context& context, const Entity& entity, const CLI::App& command, const SetChoice& choice) {
    const auto changes = given_changes(entity, command, choice);
    if (!changes) {
        context.fail(changes.error());
        return;
    }
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = set_row(context, *database, entity, choice.reference, *changes);
    if (!id) {
        context.fail(id.error());
        return;
    }
    print_row(context, *database, entity, *id);
}

void list(
    Context& context, const Entity& entity, const CLI::App& command, const ListChoice& choice
) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    std::vector<rows::Filter> filters;
    for (std::size_t at = 0; at < entity.list.size(); ++at) {
        const ListOption& option = entity.list[at];
        if (command.count(std::string{option.name}) == 0) {
            continue;
        }
        if (option.parent == nullptr) {
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
    print_list(context, *database, entity, filters);
}

void show(Context& context, const Entity& entity, const RowChoice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = find_row(*database, entity, choice.reference);
    if (!id) {
        context.fail(id.error());
        return;
    }
    print_row(context, *database, entity, *id);
}

void remove(Context& context, const Entity& entity, const RowChoice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = remove_row(
        *database, entity, choice.reference, choice.is_forced ? Orphans::remove : Orphans::refuse
    );
    if (!id) {
        context.fail(id.error());
    } else {
        print_removed(context, entity, *id);
    }
}

void add_reference(CLI::App& command, const Entity& entity, std::string& reference) {
    if (entity.handling != Handling::only_row) {
        command.add_option("WHICH", reference, std::string{entity.reference})->required();
    }
}

void register_add(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command = parent.add_subcommand("add", "Add one");
    const auto choice = std::make_shared<AddChoice>();
    choice->texts.resize(entity.members.size());
    CLI::App* alternatives = nullptr;
    const auto one_of = [&] {
        if (alternatives == nullptr) {
            alternatives = command->add_option_group("one of");
            alternatives->require_option(1);
        }
        return alternatives;
    };
    for (std::size_t at = 0; at < entity.members.size(); ++at) {
        const Member& member = entity.members[at];
        const std::string name{member.option};
        const std::string description{member.description};
        OptionTexts& texts = choice->texts[at];
        switch (member.need) {
            case Need::none:
                break;
            case Need::flag:
                command->add_flag(name, description);
                break;
            case Need::one_of:
                one_of()->add_option(name, texts.once, description);
                break;
            case Need::one_of_flag:
                one_of()->add_flag(name, description);
                break;
            case Need::repeatable:
                command->add_option(name, texts.each_time, description)->allow_extra_args(false);
                break;
            case Need::required:
            case Need::optional:
                command->add_option(name, texts.once, description)
                    ->required(member.need == Need::required);
                break;
        }
    }
    if (entity.add_flag) {
        const std::string description{entity.add_flag->description};
        command->add_flag(std::string{entity.add_flag->name}, description);
    }
    command->callback([choice, command, &context, &entity] {
        add(context, entity, *command, *choice);
    });
}

void register_set(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command =
        parent.add_subcommand("set", "Change columns of one, with the checks of an import");
    // The command was called so until there was more to change than options. The name goes with the
    // next release.
    command->alias("update");
    const auto choice = std::make_shared<SetChoice>();
    choice->texts.resize(entity.members.size());
    add_reference(*command, entity, choice->reference);
    CLI::App* const changes = command->add_option_group("one or more of");
    changes->require_option(1, 0);  // no upper limit
    for (std::size_t at = 0; at < entity.members.size(); ++at) {
        const Member& member = entity.members[at];
        if (!member.set_option.empty()) {
            changes->add_option(
                std::string{member.set_option},
                choice->texts[at],
                std::string{member.set_description}
            );
        }
    }
    changes->add_option(
        "COLUMN=VALUE",
        choice->changes,
        fmt::format(
            "What becomes what{}{}. Nothing behind the = is NULL; a time may be now or a day, a "
            "date "
            "today; people, groups and projects are named as elsewhere. innergate-admin schema "
            "lists the columns of {}",
            entity.example.empty() ? "" : ", such as ",
            entity.example,
            entity.table
        )
    );
    command->callback([choice, command, &context, &entity] {
        set(context, entity, *command, *choice);
    });
}

void register_list(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command = parent.add_subcommand("list", "List them");
    const auto choice = std::make_shared<ListChoice>();
    choice->texts.resize(entity.list.size());
    for (std::size_t at = 0; at < entity.list.size(); ++at) {
        const ListOption& option = entity.list[at];
        const std::string name{option.name};
        const std::string description{option.description};
        if (option.parent != nullptr) {
            command->add_option(name, choice->texts[at], description);
        } else {
            command->add_flag(name, description);
        }
    }
    command->callback([choice, command, &context, &entity] {
        list(context, entity, *command, *choice);
    });
}

void register_show(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command = parent.add_subcommand("show", "Show one");
    const auto choice = std::make_shared<RowChoice>();
    add_reference(*command, entity, choice->reference);
    command->callback([choice, &context, &entity] { show(context, entity, *choice); });
}

void register_remove(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command =
        parent.add_subcommand("remove", "Remove one, with all that is only about it");
    const auto choice = std::make_shared<RowChoice>();
    add_reference(*command, entity, choice->reference);
    command->add_flag(
        "--force", choice->is_forced, "Also when others hang on it, which are removed too"
    );
    command->callback([choice, &context, &entity] { remove(context, entity, *choice); });
}

void register_one(CLI::App& app, Context& context, const Entity& entity) {
    CLI::App& parent =
        *app.add_subcommand(std::string{entity.name}, std::string{entity.description});
    parent.require_subcommand(1);
    if (entity.register_add != nullptr) {
        entity.register_add(parent, context, entity);
    } else if (entity.handling == Handling::kept) {
        register_add(parent, context, entity);
    }
    if (entity.handling != Handling::only_row) {
        register_list(parent, context, entity);
    }
    register_show(parent, context, entity);
    register_set(parent, context, entity);
    if (entity.handling == Handling::kept) {
        register_remove(parent, context, entity);
    }
    if (entity.register_more != nullptr) {
        entity.register_more(parent, context, entity);
    }
}

}  // namespace

void register_rows(CLI::App& app, Context& context) {
    for (const Entity* const entity : all_entities()) {
        register_one(app, context, *entity);
    }
}

}  // namespace innergate::admin
