// A table of their own for the tests of the database layer, with a column of each type that
// travels.
#pragma once

#include <optional>
#include <string>

#include "app/db/migrator.hpp"
#include "app/db/session.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {

inline constexpr db::Query kAddThing{
    "things.add",
    "insert into things (id, name) values (:id, :name)",
    db::Access::write,
};
inline constexpr db::Query kFindThing{"things.find", "select name from things where id = :id"};
inline constexpr db::Query kCountThings{"things.count", "select count(*) from things"};

/// A database with the table in it and a session on it, as a worker thread has one.
struct Things {
    explicit Things(db::Dialect dialect, const Timeouts& timeouts = {})
        : database(dialect), session(database.options(timeouts), usage) {
        database.session().execute_once(db::in_dialect(
            "create table things ("
            "id @bigint@ not null primary key, "
            "name text unique check (name <> ''), "
            "parent_id @bigint@ references things (id), "
            "is_good @boolean@, "
            "kind text not null default 'plain', "
            "seen_at @timestamp@, "
            "born_on @date@) @strict@",
            dialect
        ));
    }

    void add(long long id, const std::string& name) { add(session, id, name); }
    static void add(db::Session& session, long long id, const std::string& name) {
        session.execute(kAddThing, soci::use(id, "id"), soci::use(name, "name"));
    }

    [[nodiscard]] std::optional<std::string> find(long long id) { return find(session, id); }
    [[nodiscard]] static std::optional<std::string> find(db::Session& session, long long id) {
        std::string name;
        const bool found = session.fetch_one(kFindThing, soci::use(id, "id"), soci::into(name));
        return found ? std::optional{name} : std::nullopt;
    }

    /// As another session sees it.
    [[nodiscard]] long long count() {
        long long count = -1;
        database.session().fetch_one(kCountThings, soci::into(count));
        return count;
    }

    TestDatabase database;
    db::Usage usage;
    db::Session session;
};

}  // namespace innergate::test
