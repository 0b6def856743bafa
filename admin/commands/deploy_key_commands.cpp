#include "admin/commands/deploy_key_commands.hpp"

#include <memory>
#include <optional>
#include <string>

#include "admin/commands/context.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/rows/deploy_key_rows.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace innergate::admin {
namespace {

struct Choice {
    std::string key;
    std::string project;
    bool can_push = false;
};

struct Deployment {
    long long key_id = 0;
    long long project_id = 0;
};

/// Answers nothing if one of them is not there. The context has the reason then.
std::optional<Deployment> find(Context& context, Database& database, const Choice& choice) {
    const auto key = rows::EntityRows{database, entities::kDeployKey}.find(choice.key);
    if (!key) {
        context.fail(fmt::format("there is no deploy-key {}", choice.key));
        return std::nullopt;
    }
    const auto project = rows::EntityRows{database, entities::kProject}.find(choice.project);
    if (!project) {
        context.fail(fmt::format("--project: there is no project {}", choice.project));
        return std::nullopt;
    }
    return Deployment{*key, *project};
}

void enable(Context& context, const Entity& entity, const Choice& choice) {
    Database* const database = context.database();
    const auto deployment = database == nullptr ? std::nullopt : find(context, *database, choice);
    if (!deployment) {
        return;
    }
    rows::enable_deploy_key(
        *database,
        deployment->key_id,
        deployment->project_id,
        choice.can_push ? rows::DeployRight::push : rows::DeployRight::read
    );
    print_row(context, *database, entity, deployment->key_id);
}

void disable(Context& context, const Entity& entity, const Choice& choice) {
    Database* const database = context.database();
    const auto deployment = database == nullptr ? std::nullopt : find(context, *database, choice);
    if (!deployment) {
        return;
    }
    if (!rows::disable_deploy_key(*database, deployment->key_id, deployment->project_id)) {
        context.fail(fmt::format("deploy-key {} is not enabled for {}", choice.key, choice.project)
        );
        return;
    }
    print_row(context, *database, entity, deployment->key_id);
}

std::shared_ptr<Choice> add_choice(CLI::App& command, const Entity& entity) {
    auto choice = std::make_shared<Choice>();
    command.add_option("WHICH", choice->key, std::string{entity.reference})->required();
    command.add_option("--project", choice->project, "Full path or id of the project")->required();
    return choice;
}

}  // namespace

void register_deployments(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const enabling = parent.add_subcommand(
        "enable", "Let one read a project; once more, to change whether it may push, too"
    );
    const auto enabled = add_choice(*enabling, entity);
    enabling->add_flag("--can-push", enabled->can_push, "It may push, too");
    enabling->callback([enabled, &context, &entity] { enable(context, entity, *enabled); });

    CLI::App* const disabling = parent.add_subcommand("disable", "Close a project to one");
    const auto disabled = add_choice(*disabling, entity);
    disabling->callback([disabled, &context, &entity] { disable(context, entity, *disabled); });
}

}  // namespace innergate::admin
