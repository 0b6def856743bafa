// A migrated database with rows of a test's own, and a session as a worker thread has one.
#pragma once

#include <string_view>

#include <initializer_list>

#include "app/db/session.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {

struct StoreDatabase {
    explicit StoreDatabase(
        db::Dialect dialect, std::initializer_list<std::string_view> statements = {}
    )
        : database(dialect), session(database.options(), usage) {
        arrange(statements);
    }

    void arrange(std::initializer_list<std::string_view> statements) {
        for (const std::string_view statement : statements) {
            database.session().execute_once(statement);
        }
    }

    /// What a query of one number answers, as another session sees it.
    [[nodiscard]] long long number(const db::Query& query) {
        long long value = 0;
        database.session().fetch_one(query, soci::into(value));
        return value;
    }

    TestDatabase database;
    db::Usage usage;
    db::Session session;
};

}  // namespace innergate::test
