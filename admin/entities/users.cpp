// People and bots, and their further e-mail addresses.
#include <array>
#include <string>

#include "admin/entities/entities.hpp"
#include "admin/entities/rows/namespace_rows.hpp"
#include "admin/entities/written.hpp"

namespace innergate::admin {
namespace {

constexpr std::array kUserMembers{
    shown("id", Kind::bigint),
    shown("username", Kind::text)
        .by_option(
            "--username",
            "Sign-in name, and path of the personal namespace",
            written::text,
            Need::required
        ),
    shown("name", Kind::text).by_option("--name", "Name to show", written::text, Need::required),
    shown("email", Kind::text)
        .by_option("--email", "E-mail address", written::text, Need::required),
    shown("state", Kind::text),
    shown("admin", Kind::boolean)
        .by_option("--admin", "Is an administrator", written::yes, Need::flag),
    shown("external", Kind::boolean)
        .by_option("--external", "Sees only what it is a member of", written::yes, Need::flag),
    given("password")
        .by_option(
            "--password-file",
            "File whose first line is the password",
            written::first_line,
            Need::optional
        )
        .set_by_option(),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kUserDependents{
    Dependents{
        "groups that name it as owner",
        {"user.groups", "select count(*) from namespaces where type <> 'User' and owner_id = :id"}},
    Dependents{
        "projects of its own",
        {"user.projects",
         "select count(*) from projects join namespaces on namespaces.id = projects.namespace_id "
         "where namespaces.type = 'User' and namespaces.owner_id = :id"}},
};

constexpr std::array kPersonalNamespace{Part{"namespaces", "owner_id"}};

void add_personal_namespace(const Context& /*context*/, NewRow& user) {
    user.add_part("namespaces").cells = {
        {"type", Cell::Type::text, "User", 0},
        {"path", Cell::Type::text, user.find("username")->text, 0},
        {"name", Cell::Type::text, user.find("name")->text, 0}};
}

/// Gives the personal namespace the names of its owner, as GitLab does.
void rename_personal_namespace(NewRow& user, long long id) {
    const Cell* const username = user.find("username");
    const Cell* const name = user.find("name");
    if (username == nullptr && name == nullptr) {
        return;
    }
    const auto space = rows::find_personal_namespace(user.database, id);
    if (!space) {
        return;
    }
    ImportRow& part = user.add_part("namespaces");
    part.cells = {{"id", Cell::Type::number, std::to_string(*space), 0}};
    if (username != nullptr) {
        part.cells.push_back({"path", username->type, username->text, 0});
    }
    if (name != nullptr) {
        part.cells.push_back({"name", name->type, name->text, 0});
    }
}

constexpr std::array kEmailMembers{
    shown("id", Kind::bigint),
    shown("user", Kind::text, "users.username")
        .into("user_id")
        .naming(entities::kUser)
        .by_option("--user", "Username, e-mail address or id", written::reference, Need::required),
    shown("email", Kind::text).by_option("--email", "The address", written::text, Need::required),
    shown("confirmed_at", Kind::timestamp)
        .by_option(
            "--confirmed-at", "Day or time in UTC; else it is not", written::time, Need::optional
        ),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfUser{
    ListOption{"--user", "Only this user's", "user_id", &entities::kUser},
};

}  // namespace

constexpr Entity entities::kUser{
    .name = "user",
    .description = "People and bots",
    .reference = "id, username or e-mail address",
    .table = "users",
    .from = "users as t",
    .condition = {},
    .called =
        "lower(t.username) = lower(cast(:value as text)) or "
        "lower(t.email) = lower(cast(:value as text))",
    .members = kUserMembers,
    .dependents = kUserDependents,
    .parts = kPersonalNamespace,
    // Deploy keys outlive the person who made them. A person's own keys do not.
    .remove_first =
        {"user.remove_keys",
         "delete from keys where user_id = :id and type = 'Key'",
         db::Access::write},
    .example = "state=blocked confirmed_at=now",
    .complete = add_personal_namespace,
    .extend = rename_personal_namespace,
};

constexpr Entity entities::kEmail{
    .name = "email",
    .description = "People's further e-mail addresses",
    .reference = "id or address",
    .table = "emails",
    .from = "emails as t left join users on users.id = t.user_id",
    .condition = {},
    .called = "lower(t.email) = lower(cast(:value as text))",
    .members = kEmailMembers,
    .list = kOfUser,
    .example = "confirmed_at=now",
};

}  // namespace innergate::admin
