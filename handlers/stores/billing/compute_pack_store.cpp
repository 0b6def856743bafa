#include "handlers/stores/billing/compute_pack_store.hpp"

#include <functional>
#include <map>
#include <string_view>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "app/json/writer.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

// If another request is about to store one of the purchases, this one waits until that is decided.
// Rows are written in the order of their names, so that two requests cannot wait for each other.
// PostgreSQL has no function date(): it reads the call as a cast.
constexpr db::Query kAdd{
    "ci_minutes_additional_packs.add",
    R"sql(
    insert into ci_minutes_additional_packs
           (namespace_id, number_of_minutes, expires_at, purchase_xid, created_at, updated_at)
    select :namespace_id, cast(value ->> 'minutes' as integer), date(value ->> 'expires'), key,
           :now, :now
      from json_each(:packs)
     where true
     order by 4
        on conflict (purchase_xid) do nothing)sql",
    db::Access::write,
};

struct PackRow {
    ComputePack pack;
    bool is_own = false;
};

constexpr auto kPack = db::columns<PackRow>(
    db::column("packs.purchase_xid", &PackRow::pack, &ComputePack::purchase_xid),
    db::column("packs.number_of_minutes", &PackRow::pack, &ComputePack::number_of_minutes),
    db::column("packs.expires_at", &PackRow::pack, &ComputePack::expires_at),
    db::flag("packs.namespace_id = :namespace_id", &PackRow::is_own)
);

// This is a statement of its own, so that on PostgreSQL it sees what others stored while kAdd
// waited. A cross join makes SQLite go from the list to the packs, even where it prefers another
// order.
constexpr auto kList = db::reading("ci_minutes_additional_packs.list", "select", kPack, R"sql(
      from json_each(:packs) as given
     cross join ci_minutes_additional_packs as packs
     where packs.purchase_xid = given.key)sql");

// Each part uses an index of its own.
constexpr auto kFindCommonOwner = db::reading(
    "namespaces.find_common_owner",
    R"sql(
    with owners(namespace_id, user_id) as (
        select id, owner_id
          from namespaces
         where id in (:one, :other)
           and type = 'User'
        union all
        select namespaces.id, members.user_id
          from namespaces
          join members on members.source_namespace_id = namespaces.id
          join users on users.id = members.user_id
         where namespaces.id in (:one, :other)
           and namespaces.type = 'Group'
           and members.access_level = 50
           and)sql",
    kIsMemberToday,
    R"sql(
           and users.state = 'active'
    )
    select user_id from owners where namespace_id = :one
    intersect
    select user_id from owners where namespace_id = :other
     limit 1)sql"
);

// Moves between the same two namespaces wait for each other. New packs of both wait for the move,
// because a row that refers to a namespace needs a part of this lock. SQLite has one writer at a
// time.
constexpr db::Query kLock{
    "namespaces.lock_both",
    R"sql(
    select id
      from namespaces
     where id in (:one, :other)
     order by id
       for update)sql",
    db::Access::write,
    db::Dialect::postgresql,
};

constexpr db::Query kMove{
    "ci_minutes_additional_packs.move",
    R"sql(
    update ci_minutes_additional_packs
       set namespace_id = :target, updated_at = :now
     where namespace_id = :source)sql",
    db::Access::write,
};

/// `{"xid":{"minutes":10,"expires":"2022-01-01"}}`. Both databases read the members of an object
/// with the same SQL.
std::string as_rows(const std::map<std::string_view, const ComputePack*>& packs) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (const auto& [xid, pack] : packs) {
        writer.key(xid);
        writer.begin_object();
        writer.member("minutes", pack->number_of_minutes);
        writer.member("expires", pack->expires_at);
        writer.end_object();
    }
    writer.end_object();
    return text;
}

/// The packs of the list that belong to the namespace.
std::map<std::string, ComputePack, std::less<>> list_own(
    db::Session& session, NamespaceId namespace_id, const std::string& rows
) {
    std::map<std::string, ComputePack, std::less<>> own;
    for (PackRow& row : session.fetch_rows(
             kList, soci::use(namespace_id, "namespace_id"), soci::use(rows, "packs")
         )) {
        if (row.is_own) {
            own.emplace(row.pack.purchase_xid, row.pack);
        }
    }
    return own;
}

}  // namespace

std::optional<std::vector<ComputePack>> ComputePackStore::save(
    NamespaceId namespace_id, const std::vector<ComputePack>& packs, Timestamp now
) {
    std::map<std::string_view, const ComputePack*> distinct;
    for (const ComputePack& pack : packs) {
        distinct.emplace(pack.purchase_xid, &pack);
    }
    std::vector<ComputePack> saved;
    if (distinct.empty()) {
        return saved;
    }
    const std::string rows = as_rows(distinct);
    try {
        db::Transaction transaction{session_};
        session_.execute(
            kAdd,
            soci::use(namespace_id.value, "namespace_id"),
            soci::use(now, "now"),
            soci::use(rows, "packs")
        );
        const auto own = list_own(session_, namespace_id, rows);
        if (own.size() < distinct.size()) {
            return std::nullopt;
        }
        transaction.commit();
        saved.reserve(packs.size());
        for (const ComputePack& pack : packs) {
            saved.push_back(own.at(pack.purchase_xid));
        }
    } catch (const db::ConstraintViolation&) {
        return std::nullopt;  // the namespace went while it was looked up
    }
    return saved;
}

bool ComputePackStore::have_common_owner(NamespaceId one, NamespaceId other, Date today) {
    long long user_id = 0;
    return session_.fetch_one(
        kFindCommonOwner,
        soci::use(one.value, "one"),
        soci::use(other.value, "other"),
        soci::use(today, "today"),
        soci::into(user_id)
    );
}

bool ComputePackStore::move(NamespaceId source, NamespaceId target, Timestamp now) {
    if (source == target) {
        return true;
    }
    try {
        db::Transaction transaction{session_};
        if (session_.dialect() == db::Dialect::postgresql) {
            long long id = 0;
            session_.fetch_each(
                kLock,
                [] {},
                soci::use(source.value, "one"),
                soci::use(target.value, "other"),
                soci::into(id)
            );
        }
        session_.execute(
            kMove,
            soci::use(target.value, "target"),
            soci::use(now, "now"),
            soci::use(source.value, "source")
        );
        transaction.commit();
    } catch (const db::ConstraintViolation&) {
        return false;
    }
    return true;
}

}  // namespace innergate::handlers
