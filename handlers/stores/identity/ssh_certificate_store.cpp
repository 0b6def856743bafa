#include "handlers/stores/identity/ssh_certificate_store.hpp"

#include "app/db/session.hpp"
#include "handlers/stores/lineage.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

/// Whether the user is a member of the group or of one above it, at any level.
constexpr auto kIsMemberOfLineage = db::sql(
    R"sql(
           exists (
               select 1
                 from members
                where members.user_id = candidate.id
                  and members.source_type = 'Namespace'
                  and members.source_id in (select id from lineage)
                  and)sql",
    kIsMemberToday,
    ")"
);

constexpr auto kCertified = db::columns<CertifiedUser>(
    db::column("authority.namespace_id", &CertifiedUser::group_id),
    db::column("routes.path", &CertifiedUser::group_full_path),
    db::column("candidate.username", &CertifiedUser::username),
    db::flag(kIsMemberOfLineage, &CertifiedUser::is_member),
    db::flag(
        "candidate.enterprise_group_id = authority.namespace_id", &CertifiedUser::is_enterprise_user
    )
);

// `union`, not `union all`, where a part names itself: it ends even if namespaces form a ring.
constexpr auto kFind = db::reading(
    "group_ssh_certificates.find",
    R"sql(
    with recursive authority(namespace_id) as (
        select namespace_id
          from group_ssh_certificates
         where fingerprint = :fingerprint
    ),
    lineage(id, parent_id) as (
        select namespaces.id, namespaces.parent_id
          from authority
          join namespaces on namespaces.id = authority.namespace_id)sql",
    kAndAllAbove,
    R"sql(
    ),
    candidate(id, username, enterprise_group_id, preference) as (
        select id, username, enterprise_group_id, 0
          from users
         where lower(username) = lower(:identifier)
        union all
        select id, username, enterprise_group_id, 1
          from users
         where lower(email) = lower(:identifier)
           and confirmed_at is not null
        union all
        select users.id, users.username, users.enterprise_group_id, 2
          from emails
          join users on users.id = emails.user_id
         where lower(emails.email) = lower(:identifier)
           and emails.confirmed_at is not null
    )
    select)sql",
    kCertified,
    R"sql(
      from authority
      join routes on routes.source_type = 'Namespace' and routes.source_id = authority.namespace_id
      left join candidate on true
     order by candidate.preference
     limit 1)sql"
);

}  // namespace

std::optional<CertifiedUser> SshCertificateStore::find(
    std::string_view fingerprint, std::string_view user_identifier, Date today
) {
    const std::string wanted{fingerprint};
    const std::string identifier{user_identifier};
    return session_.fetch_row(
        kFind,
        soci::use(wanted, "fingerprint"),
        soci::use(identifier, "identifier"),
        soci::use(today, "today")
    );
}

}  // namespace innergate::handlers
