// Brings a database to the schema this program was built with.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/migrations.hpp"

#include "app/db/options.hpp"

namespace innergate::db {

class Session;

struct MigrationState {
    int version = 0;
    std::string name;
    bool is_applied = false;
};

/// Replaces the words in which the two databases' type names differ; the list is in sql/README.md.
[[nodiscard]] std::string in_dialect(std::string_view sql, Dialect dialect);

class Migrator {
public:
    /// `session` was opened with schema_version 0.
    Migrator(Session& session, std::span<const sql::Migration> migrations)
        : session_(session), migrations_(migrations) {}

    /// Writes nothing. Throws Unavailable as migrate() does.
    [[nodiscard]] std::vector<MigrationState> status();

    /// Applies what is missing in one transaction under a lock: when two run at once, the second
    /// waits and finds nothing to do. Answers what it applied. Throws Unavailable when the database
    /// is of a newer version than the last migration known here.
    std::vector<MigrationState> migrate();

private:
    /// 0: a database without a schema.
    int current_version();
    void apply(const sql::Migration& migration);

    Session& session_;
    std::span<const sql::Migration> migrations_;
};

}  // namespace innergate::db
