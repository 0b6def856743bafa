#include "admin/entities/rows/entity_queries.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace innergate::admin::rows {
namespace {

using db::Access;

constexpr std::array kUserColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"username", Kind::text, "t.username"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{"email", Kind::text, "t.email"},
    ShownColumn{"state", Kind::text, "t.state"},
    ShownColumn{"admin", Kind::boolean, "t.admin"},
    ShownColumn{"external", Kind::boolean, "t.external"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
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

// The personal namespace.
constexpr std::array kUserParts{Part{"namespaces", "owner_id"}};

constexpr std::array kGroupColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"path", Kind::text, "routes.path"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{"parent_id", Kind::bigint, "t.parent_id"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kGroupDependents{
    Dependents{
        "subgroups", {"group.subgroups", "select count(*) from namespaces where parent_id = :id"}},
    Dependents{
        "projects", {"group.projects", "select count(*) from projects where namespace_id = :id"}},
};

constexpr std::array kProjectColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"path", Kind::text, "routes.path"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{
        "visibility",
        Kind::text,
        "case t.visibility_level when 20 then 'public' when 10 then 'internal' else 'private' end"},
    ShownColumn{"archived", Kind::boolean, "t.archived"},
    ShownColumn{"repository_storage", Kind::text, "t.repository_storage"},
    ShownColumn{"default_branch", Kind::text, "t.default_branch"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kProjectDetails{
    // Empty of a project without a path of its own: the listing completes it.
    ShownColumn{"relative_path", Kind::text, "coalesce(t.disk_path, '')"},
};

constexpr std::array kMemberColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"user", Kind::text, "users.username"},
    ShownColumn{"invite_email", Kind::text, "t.invite_email"},
    ShownColumn{
        "source", Kind::text, "case t.source_type when 'Project' then 'project' else 'group' end"},
    ShownColumn{"path", Kind::text, "routes.path"},
    ShownColumn{"access_level", Kind::integer, "t.access_level"},
    ShownColumn{"expires_at", Kind::date, "t.expires_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kKeyColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"user", Kind::text, "users.username"},
    ShownColumn{"title", Kind::text, "t.title"},
    ShownColumn{"fingerprint_sha256", Kind::text, "t.fingerprint_sha256"},
    ShownColumn{
        "usage_type",
        Kind::text,
        "case t.usage_type when 1 then 'auth' when 2 then 'signing' else 'auth_and_signing' end"},
    ShownColumn{"expires_at", Kind::timestamp, "t.expires_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kTokenColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"user", Kind::text, "users.username"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{"scopes", Kind::text, "t.scopes", true},
    ShownColumn{"expires_at", Kind::date, "t.expires_at"},
    ShownColumn{"revoked", Kind::boolean, "t.revoked"},
    ShownColumn{"last_used_at", Kind::timestamp, "t.last_used_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kSshCertificateColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"group", Kind::text, "routes.path"},
    ShownColumn{"title", Kind::text, "t.title"},
    ShownColumn{"fingerprint", Kind::text, "t.fingerprint"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::user,
        .table = "users",
        .from = "users as t",
        .columns = kUserColumns,
        .called = "lower(t.username) = lower(cast(:value as text)) or "
                  "lower(t.email) = lower(cast(:value as text))",
        .dependents = kUserDependents,
        .parts = kUserParts,
        // Deploy keys outlive whoever made them, a person's own keys do not.
        .remove_first =
            {"user.remove_keys",
             "delete from keys where user_id = :id and type = 'Key'",
             Access::write},
    },
    EntityQueries{
        .entity = EntityName::group,
        .table = "namespaces",
        .from = "namespaces as t left join routes on routes.source_namespace_id = t.id",
        .columns = kGroupColumns,
        .condition = "t.type = 'Group'",
        .called = "lower(routes.path) = lower(cast(:value as text))",
        .dependents = kGroupDependents,
    },
    EntityQueries{
        .entity = EntityName::any_namespace,
        .table = "namespaces",
        .from = "namespaces as t left join routes on routes.source_namespace_id = t.id",
        .columns = kGroupColumns,
        .condition = "t.type <> 'Project'",
        .called = "lower(routes.path) = lower(cast(:value as text))",
    },
    EntityQueries{
        .entity = EntityName::project,
        .table = "projects",
        .from = "projects as t left join routes on routes.source_project_id = t.id",
        .columns = kProjectColumns,
        .details = kProjectDetails,
        .called = "lower(routes.path) = lower(cast(:value as text))",
    },
    EntityQueries{
        .entity = EntityName::member,
        .table = "members",
        .from = "members as t left join users on users.id = t.user_id left join routes on "
                "routes.source_type = t.source_type and routes.source_id = t.source_id",
        .columns = kMemberColumns,
    },
    EntityQueries{
        .entity = EntityName::key,
        .table = "keys",
        .from = "keys as t left join users on users.id = t.user_id",
        .columns = kKeyColumns,
        .condition = "t.type = 'Key'",
        .called = "t.fingerprint_sha256 = replace(cast(:value as text), 'SHA256:', '')",
    },
    EntityQueries{
        .entity = EntityName::token,
        .table = "personal_access_tokens",
        .from = "personal_access_tokens as t join users on users.id = t.user_id",
        .columns = kTokenColumns,
    },
    EntityQueries{
        .entity = EntityName::ssh_certificate,
        .table = "group_ssh_certificates",
        .from = "group_ssh_certificates as t left join routes on "
                "routes.source_namespace_id = t.namespace_id",
        .columns = kSshCertificateColumns,
        .called = "t.fingerprint = replace(cast(:value as text), 'SHA256:', '')",
    },
};

}  // namespace

const EntityQueries& queries_of(EntityName entity) {
    const std::array<std::span<const EntityQueries>, 8> areas{
        kEntities,
        git_entities(),
        agent_entities(),
        usage_entities(),
        policy_entities(),
        error_tracking_entities(),
        billing_entities(),
        scim_entities()};
    for (const std::span<const EntityQueries> area : areas) {
        const auto found = std::ranges::find(area, entity, &EntityQueries::entity);
        if (found != area.end()) {
            return *found;
        }
    }
    throw std::logic_error{"an entity without queries"};
}

}  // namespace innergate::admin::rows
