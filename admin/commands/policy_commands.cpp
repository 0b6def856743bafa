#include "admin/commands/policy_commands.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include "admin/commands/context.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/row_listing.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include "admin/entities/rows/policy_rows.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/db/transaction.hpp"
#include "app/time_format.hpp"
#include "app/yaml/reader.hpp"

namespace innergate::admin {
namespace {

struct Choice {
    std::string project;
    std::string group;
    std::string management_project;
    std::string file;
    std::string committed_at;
};

template <class T>
using Found = tl::expected<T, std::string>;

/// Fails if the file cannot be read, or if agents could not be told anything from it.
Found<std::string> read_policy_file(const std::string& file) {
    std::ifstream stream{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream.is_open() || stream.bad()) {
        return tl::unexpected(
            fmt::format("--file: cannot read {}: {}", file, std::generic_category().message(errno))
        );
    }
    const auto document = yaml::parse(text);
    if (!document) {
        return tl::unexpected(fmt::format("--file: {}: {}", file, to_string(document.error())));
    }
    if (document->mapping() == nullptr) {
        return tl::unexpected(fmt::format("--file: {}: the file is no mapping", file));
    }
    return text;
}

/// A day means its start in UTC. An empty text means now.
Found<Timestamp> read_time(const std::string& text) {
    if (text.empty()) {
        return SystemClock{}.now();
    }
    if (const auto day = parse_date(text)) {
        return Timestamp{*day};
    }
    const auto time = parse_timestamp(text);
    if (!time) {
        return tl::unexpected(fmt::format(
            "--committed-at: '{}' is no day or time in UTC, such as 2030-01-31T08:00:00Z", text
        ));
    }
    return *time;
}

Found<long long> find(
    Database& database, const Entity& entity, std::string_view option, const std::string& reference
) {
    const auto id = rows::EntityRows{database, entity}.find(reference);
    if (!id) {
        return tl::unexpected(fmt::format("{}: there is no {} {}", option, entity.name, reference));
    }
    return *id;
}

Found<rows::PolicyOwner> find_owner(Database& database, const Choice& choice) {
    const bool is_project = choice.group.empty();
    const auto id = is_project ? find(database, entities::kProject, "--project", choice.project)
                               : find(database, entities::kGroup, "--group", choice.group);
    if (!id) {
        return tl::unexpected(id.error());
    }
    return is_project ? rows::PolicyOwner{.project_id = *id, .namespace_id = {}}
                      : rows::PolicyOwner{.project_id = {}, .namespace_id = *id};
}

/// Answers the id of the row. Changes nothing if there is an error.
Found<long long> put(Database& database, const Choice& choice) {
    auto content = read_policy_file(choice.file);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const auto committed_at = read_time(choice.committed_at);
    if (!committed_at) {
        return tl::unexpected(committed_at.error());
    }
    db::Transaction transaction{database.session()};
    const auto owner = find_owner(database, choice);
    if (!owner) {
        return tl::unexpected(owner.error());
    }
    const auto management_project =
        find(database, entities::kProject, "--management-project", choice.management_project);
    if (!management_project) {
        return tl::unexpected(management_project.error());
    }
    const auto id = rows::put_policy_file(
        database,
        *owner,
        {.management_project_id = *management_project,
         .content = std::move(*content),
         .committed_at = *committed_at}
    );
    if (!id) {
        return tl::unexpected(fmt::format(
            "{} has its policies in another management project: remove that link first",
            choice.group.empty() ? choice.project : choice.group
        ));
    }
    transaction.commit();
    return *id;
}

void add(Context& context, const Entity& entity, const Choice& choice) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const auto id = put(*database, choice);
    if (!id) {
        context.fail(id.error());
        return;
    }
    print_row(context, *database, entity, *id);
}

}  // namespace

void register_policy_add(CLI::App& parent, Context& context, const Entity& entity) {
    CLI::App* const command = parent.add_subcommand(
        "add", "Give a project or a group the policies of a file; once more, to replace the file"
    );
    const auto choice = std::make_shared<Choice>();
    CLI::App* const owner = command->add_option_group("one of");
    owner->require_option(1);
    owner->add_option("--project", choice->project, "Full path or id of the project");
    owner->add_option(
        "--group", choice->group, "Full path or id of a group: for all projects below it"
    );
    command
        ->add_option(
            "--management-project",
            choice->management_project,
            "Full path or id of the project that holds the file"
        )
        ->required();
    command->add_option("--file", choice->file, "The file policy.yml")->required();
    command->add_option(
        "--committed-at",
        choice->committed_at,
        "When it changed: day or time in UTC, such as 2030-01-31T08:00:00Z; else now"
    );
    command->callback([choice, &context, &entity] { add(context, entity, *choice); });
}

}  // namespace innergate::admin
