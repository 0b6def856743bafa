#include "admin/entities/row_changes.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "admin/entities/rows/agent_token_rows.hpp"
#include "admin/entities/rows/catalog.hpp"
#include "admin/entities/rows/scim_rows.hpp"
#include "admin/import/importer.hpp"
#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/db/transaction.hpp"
#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"
#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

using rows::EntityName;

/// Twenty characters, as GitLab's tokens have behind their prefix.
std::string new_token(const std::string& prefix) {
    constexpr std::size_t kRandomBytes = 15;
    return prefix + encoding::base64url(encoding::random_bytes(kRandomBytes));
}

/// At least fifty characters behind the prefix, as GitLab's.
std::string new_agent_token() {
    constexpr std::size_t kRandomBytes = 39;
    return "glagent-" + encoding::base64url(encoding::random_bytes(kRandomBytes));
}

/// Nothing secret: it stands in the programs whose errors are tracked. GitLab's are of this form.
void default_public_key(NewRow& row) {
    constexpr std::size_t kRandomBytes = 16;
    if (row.find("public_key") == nullptr) {
        const std::string random = encoding::hex(encoding::random_bytes(kRandomBytes));
        row.set("public_key", Cell::Type::text, "glet_" + random);
    }
}

/// `TYPE BASE64 COMMENT`; an empty comment is refused as a missing title.
void default_title(NewRow& row) {
    const Cell* const key = row.find("key");
    if (row.find("title") != nullptr || key == nullptr) {
        return;
    }
    const std::size_t comment = key->text.find(' ', key->text.find(' ') + 1);
    if (comment != std::string::npos && comment + 1 < key->text.size()) {
        row.set("title", Cell::Type::text, key->text.substr(comment + 1));
    }
}

/// A protection without rows lets nobody pass; GitLab puts maintainers there, unless somebody was
/// named.
void default_level(NewRow& row, std::string_view table) {
    if (!row.has_part_in(table)) {
        row.add_part(table).cells.push_back({"access_level", Cell::Type::number, "40", 0});
    }
}

/// GitLab's broadcast message API has the same defaults.
void default_times(NewRow& row) {
    constexpr std::chrono::hours kShown{1};
    if (row.find("starts_at") == nullptr) {
        row.set("starts_at", Cell::Type::text, to_iso8601(SystemClock{}.now()));
    }
    const auto start = parse_timestamp(row.find("starts_at")->text);
    if (start && row.find("ends_at") == nullptr) {
        row.set("ends_at", Cell::Type::text, to_iso8601(*start + kShown));
    }
}

void add_personal_namespace(NewRow& user) {
    user.add_part("namespaces").cells = {
        {"type", Cell::Type::text, "User", 0},
        {"path", Cell::Type::text, user.find("username")->text, 0},
        {"name", Cell::Type::text, user.find("name")->text, 0}};
}

/// An imported project has one, unless the file says otherwise; nobody made one for a new project.
void set_without_repository(NewRow& project) {
    project.set("repository_exists", Cell::Type::boolean, "false");
    project.set("empty_repo", Cell::Type::boolean, "true");
}

/// What the agent's page tells of its tokens.
void add_token_created(NewRow& token) {
    ImportRow& event = token.add_part("agent_activity_events");
    event.cells = {
        {"agent_id", Cell::Type::number, token.find("agent_id")->text, 0},
        {"kind", Cell::Type::number, "0", 0},
        {"level", Cell::Type::number, "1", 0},
        {"recorded_at", Cell::Type::text, to_iso8601(SystemClock{}.now()), 0}};
    if (const Cell* const maker = token.find("created_by_user_id")) {
        event.cells.push_back({"user_id", Cell::Type::number, maker->text, 0});
    }
}

/// What the options leave open.
void complete(const Context& context, EntityName entity, NewRow& row) {
    switch (entity) {
        case EntityName::member:
        case EntityName::job:
        case EntityName::agent:
        case EntityName::policy:
        case EntityName::agent_event:
        case EntityName::usage:
        case EntityName::any_namespace:
        case EntityName::plan:
        case EntityName::subscription:
        case EntityName::add_on_purchase:
        case EntityName::compute_pack:
        case EntityName::storage_exclusion:
        case EntityName::reconciliation:
        case EntityName::saml_provider:
        case EntityName::scim_identity:
            return;
        case EntityName::user:
            add_personal_namespace(row);
            return;
        case EntityName::group:
            row.set("type", Cell::Type::text, "Group");
            if (row.find("name") == nullptr) {
                row.set("name", Cell::Type::text, row.find("path")->text);
            }
            return;
        case EntityName::project:
            set_without_repository(row);
            return;
        case EntityName::deploy_key:
            row.set("type", Cell::Type::text, "DeployKey");
            default_title(row);
            return;
        case EntityName::key:
        case EntityName::ssh_certificate:
            default_title(row);
            return;
        case EntityName::token:
            row.secret = new_token(context.settings.tokens.personal_access_token_prefix);
            row.set("token", Cell::Type::text, row.secret);
            return;
        case EntityName::agent_token:
            row.secret = new_agent_token();
            row.set("token", Cell::Type::text, row.secret);
            add_token_created(row);
            return;
        case EntityName::scim_token:
            row.secret = new_token("glsoat-");
            row.set("token", Cell::Type::text, row.secret);
            return;
        case EntityName::error_tracking_key:
            default_public_key(row);
            return;
        case EntityName::protected_branch:
            default_level(row, "protected_branch_push_access_levels");
            default_level(row, "protected_branch_merge_access_levels");
            return;
        case EntityName::protected_tag:
            default_level(row, "protected_tag_create_access_levels");
            return;
        case EntityName::broadcast:
            default_times(row);
            return;
    }
}

std::map<std::string, Importer::Expected> tables_written(EntityName entity) {
    const rows::EntityQueries& queries = rows::queries_of(entity);
    std::map<std::string, Importer::Expected> tables;
    tables[std::string{queries.table}] = {};
    for (const rows::Part& part : queries.parts) {
        tables[std::string{part.table}] = {};
    }
    return tables;
}

std::string sentence(const ImportFault& fault) {
    return fault.column.empty() ? fault.reason : fault.column + ": " + fault.reason;
}

Filled fill(NewRow& row, const std::vector<GivenOption>& options) {
    for (const auto& [option, text] : options) {
        if (auto done = option->fill(row, option->place, text); !done) {
            return tl::unexpected(fmt::format("{}: {}", option->name, done.error()));
        }
    }
    return {};
}

/// What is to be done once the row is there.
void follow_up(Database& database, EntityName entity, long long id) {
    if (entity == EntityName::agent_token) {
        rows::prune_agent_events(database, id);
    } else if (entity == EntityName::scim_identity) {
        rows::drop_alias_taken_by(database, id);
    }
}

Imported<> write(Importer& importer, EntityName entity, NewRow& row, long long id) {
    const rows::EntityQueries& queries = rows::queries_of(entity);
    if (auto done = importer.begin_table(queries.table, 0); !done) {
        return done;
    }
    if (auto done = importer.add(row.row); !done) {
        return done;
    }
    for (PartRow& part : row.parts) {
        const auto known = std::ranges::find(queries.parts, part.table, &rows::Part::table);
        part.row.cells.push_back(
            {std::string{known->parent_column}, Cell::Type::number, std::to_string(id), 0}
        );
        if (auto done = importer.begin_table(part.table, 0); !done) {
            return done;
        }
        if (auto done = importer.add(std::move(part.row)); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace

tl::expected<Added, std::string> add_row(
    Context& context,
    Database& database,
    const EntityCommands& commands,
    const std::vector<GivenOption>& options
) {
    const SchemaModel schema = rows::read_schema(database);
    const KeyBase key_base = context.db_key_base;
    Importer importer{
        database, schema, key_base, tables_written(commands.entity), MatchRows::never};
    NewRow row{.database = database, .secret = {}};
    if (auto done = fill(row, options); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    complete(context, commands.entity, row);
    const long long id = importer.reserve_id(rows::queries_of(commands.entity).table);
    row.set("id", Cell::Type::number, std::to_string(id));
    if (auto done = write(importer, commands.entity, row, id); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    if (auto done = importer.finish(); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    follow_up(database, commands.entity, id);
    return Added{id, std::move(row.secret)};
}

tl::expected<long long, std::string> update_row(
    Context& context,
    Database& database,
    const EntityCommands& commands,
    const std::string& reference,
    const std::vector<GivenOption>& options
) {
    const SchemaModel schema = rows::read_schema(database);
    const KeyBase key_base = context.db_key_base;
    Importer importer{
        database, schema, key_base, tables_written(commands.entity), MatchRows::never};
    const auto id = rows::EntityRows{database, commands.entity}.find(reference);
    if (!id) {
        return tl::unexpected(fmt::format("there is no {} {}", commands.name, reference));
    }
    NewRow row{.database = database, .secret = {}};
    row.set("id", Cell::Type::number, std::to_string(*id));
    row.set("updated_at", Cell::Type::text, to_iso8601(SystemClock{}.now()));
    if (auto done = fill(row, options); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    if (auto done = write(importer, commands.entity, row, *id); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    if (auto done = importer.finish(); !done) {
        return tl::unexpected(sentence(done.error()));
    }
    return *id;
}

tl::expected<long long, std::string> remove_row(
    Database& database,
    const EntityCommands& commands,
    const std::string& reference,
    Orphans orphans
) {
    db::Transaction transaction{database.session()};
    rows::EntityRows rows{database, commands.entity};
    const auto id = rows.find(reference);
    if (!id) {
        return tl::unexpected(fmt::format("there is no {} {}", commands.name, reference));
    }
    const std::string dependents = rows.dependents_of(*id);
    if (orphans == Orphans::refuse && !dependents.empty()) {
        return tl::unexpected(fmt::format(
            "{} {} has {}: --force removes them too", commands.name, reference, dependents
        ));
    }
    rows.remove(*id);
    transaction.commit();
    return *id;
}

}  // namespace innergate::admin
