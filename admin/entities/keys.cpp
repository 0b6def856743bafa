// SSH keys of people and of machines, and groups' certificate authorities.
#include <array>
#include <string>

#include "admin/commands/deploy_key_commands.hpp"
#include "admin/commands/public_key.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/written.hpp"

namespace innergate::admin {
namespace {

constexpr std::string_view kIsCalled =
    "t.fingerprint_sha256 = replace(cast(:value as text), 'SHA256:', '')";

/// A key is `TYPE BASE64 COMMENT`. An empty comment is refused as a missing title.
void default_title(const Context& /*context*/, NewRow& row) {
    const Cell* const key = row.find("key");
    if (row.find("title") != nullptr || key == nullptr) {
        return;
    }
    const std::size_t comment = key->text.find(' ', key->text.find(' ') + 1);
    if (comment != std::string::npos && comment + 1 < key->text.size()) {
        row.set("title", Cell::Type::text, key->text.substr(comment + 1));
    }
}

void complete_deploy_key(const Context& context, NewRow& row) {
    row.set("type", Cell::Type::text, "DeployKey");
    default_title(context, row);
}

Derived derive_fingerprint(RowValues& values, std::string_view column) {
    const Value* const key = values.find("key");
    if (key == nullptr || !*key) {
        return {};
    }
    auto fingerprint = fingerprint_of(**key);
    if (!fingerprint) {
        return tl::unexpected(ColumnFault{"key", std::move(fingerprint.error())});
    }
    const Value* const given = values.find(column);
    if (given != nullptr && *given != *fingerprint) {
        return tl::unexpected(ColumnFault{
            std::string{column}, "is not that of the key, which is " + *fingerprint});
    }
    values.set(column, std::move(*fingerprint));
    return {};
}

Derived derive_of_key(RowValues& values) {
    return derive_fingerprint(values, "fingerprint_sha256");
}

Derived derive_of_certificate(RowValues& values) {
    return derive_fingerprint(values, "fingerprint");
}

/// Lets the key push to all projects named so far.
Written can_push(NewRow& row, const Member& member, const std::string& /*text*/) {
    if (!row.has_part_in(member.written_column())) {
        return tl::unexpected(std::string{"to which project? --project names it"});
    }
    for (PartRow& part : row.parts) {
        part.row.cells.push_back({"can_push", Cell::Type::boolean, "true", 0});
    }
    return {};
}

constexpr std::array<Word, 3> kUsageTypes{{
    {"auth_and_signing", 0},
    {"auth", 1},
    {"signing", 2},
}};

constexpr Member kKeyFile = given("key")
                                .by_option(
                                    "--key-file",
                                    "File with the public key, such as id_ed25519.pub",
                                    written::first_line,
                                    Need::required
                                )
                                .set_by_option();
constexpr Member kTitle =
    shown("title", Kind::text)
        .by_option("--title", "Title; else the comment of the key", written::text, Need::optional);
constexpr Member kExpiresAt =
    shown("expires_at", Kind::timestamp)
        .by_option("--expires-at", "Day or time in UTC", written::time, Need::optional);

constexpr std::array kKeyMembers{
    shown("id", Kind::bigint),
    shown("user", Kind::text, "users.username")
        .into("user_id")
        .naming(entities::kUser)
        .by_option("--user", "Username, e-mail address or id", written::reference, Need::required)
        .settable(),
    kKeyFile,
    kTitle,
    shown("fingerprint_sha256", Kind::text),
    shown("usage_type", Kind::text)
        .in_words(kUsageTypes)
        .by_option(
            "--usage-type", "auth_and_signing, auth or signing", written::word, Need::optional
        )
        .settable(),
    kExpiresAt,
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfUser{
    ListOption{"--user", "Only this user's", "user_id", &entities::kUser},
};

// The inner selects give an order, because SQLite's aggregate functions take none. What SQLite
// knows to be JSON it would put into a JSON array as it is. The '' || makes a plain text of it, as
// on PostgreSQL.
constexpr std::array kDeployKeyMembers{
    shown("id", Kind::bigint),
    shown("user", Kind::text, "users.username")
        .into("user_id")
        .naming(entities::kUser)
        .by_option(
            "--user",
            "Owner, by whose rights the key pushes; without one it only reads",
            written::reference,
            Need::optional
        )
        .settable(),
    kKeyFile,
    kTitle,
    shown("fingerprint_sha256", Kind::text),
    shown(
        "projects",
        Kind::text,
        "(select '' || coalesce(cast(@list@(path) as text), '[]') from ("
        "select routes.path from deploy_keys_projects as d "
        "join routes on routes.source_project_id = d.project_id "
        "where d.deploy_key_id = t.id order by routes.path) as listed)"
    )
        .as_json_array()
        .into("deploy_keys_projects")
        .by_option(
            "--project",
            "Project that it may read; may be repeated. See enable, too",
            written::part_project,
            Need::repeatable
        ),
    // This stands behind --project, because it speaks of the projects named there.
    shown(
        "can_push_to",
        Kind::text,
        "(select '' || coalesce(cast(@list@(path) as text), '[]') from ("
        "select routes.path from deploy_keys_projects as d "
        "join routes on routes.source_project_id = d.project_id "
        "where d.deploy_key_id = t.id and d.can_push order by routes.path) as listed)"
    )
        .as_json_array()
        .into("deploy_keys_projects")
        .by_option("--can-push", "It may push to these projects, too", can_push, Need::flag),
    kExpiresAt,
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfDeployKey{
    ListOption{"--user", "Only this user's", "user_id", &entities::kUser},
    ListOption{
        "--project", "Only those enabled for this project", "deploys_project", &entities::kProject},
};

constexpr std::array kDeployKeyFilters{
    NamedCondition{
        "deploys_project",
        "t.id in (select deploy_key_id from deploy_keys_projects where project_id = {})"},
};

constexpr std::array kDeployKeyDependents{
    Dependents{
        "projects that deploy with it",
        {"deploy_key.deployments",
         "select count(*) from deploy_keys_projects where deploy_key_id = :id"}},
};

constexpr std::array kDeployments{Part{"deploy_keys_projects", "deploy_key_id"}};

constexpr std::array kCertificateMembers{
    shown("id", Kind::bigint),
    shown("group", Kind::text, "routes.path")
        .into("namespace_id")
        .naming(entities::kGroup)
        .by_option("--group", "Full path or id of the group", written::reference, Need::required)
        .settable(),
    given("key")
        .by_option(
            "--key-file",
            "File with the authority's public key",
            written::first_line,
            Need::required
        )
        .set_by_option(),
    kTitle,
    shown("fingerprint", Kind::text),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfGroup{
    ListOption{"--group", "Only this group's", "namespace_id", &entities::kGroup},
};

}  // namespace

constexpr Entity entities::kKey{
    .name = "key",
    .description = "People's SSH keys",
    .reference = "id or fingerprint",
    .table = "keys",
    .from = "keys as t left join users on users.id = t.user_id",
    .condition = "t.type = 'Key'",
    .called = kIsCalled,
    .members = kKeyMembers,
    .list = kOfUser,
    .complete = default_title,
    .rules = {.natural_key = {}, .derive = derive_of_key},
};

constexpr Entity entities::kDeployKey{
    .name = "deploy-key",
    .description = "SSH keys of machines, for the projects they are enabled for",
    .reference = "id or fingerprint",
    .table = "keys",
    .from = "keys as t left join users on users.id = t.user_id",
    .condition = "t.type = 'DeployKey'",
    .called = kIsCalled,
    .members = kDeployKeyMembers,
    .list = kOfDeployKey,
    .filters = kDeployKeyFilters,
    .dependents = kDeployKeyDependents,
    .parts = kDeployments,
    .complete = complete_deploy_key,
    .register_more = register_deployments,
};

constexpr Entity entities::kSshCertificate{
    .name = "ssh-certificate",
    .description = "Groups' SSH certificate authorities",
    .reference = "id or fingerprint",
    .table = "group_ssh_certificates",
    .from =
        "group_ssh_certificates as t left join routes on "
        "routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = "t.fingerprint = replace(cast(:value as text), 'SHA256:', '')",
    .members = kCertificateMembers,
    .list = kOfGroup,
    .complete = default_title,
    .rules = {.natural_key = {}, .derive = derive_of_certificate},
};

}  // namespace innergate::admin
