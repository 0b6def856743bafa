#include <stdexcept>

#include "admin/import/import.hpp"

#include "tests/support/demo_data.hpp"
#include "tests/support/in_process_server.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::test {

void import_demo_data(const db::Options& options) {
    const std::string document = repository_file("sql/seeds/demo.json");
    admin::Database target{options};
    const auto key_base = [] {
        return auth::Secret{"a database key base for tests only, of forty bytes"};
    };
    const auto imported = admin::import_document(target, document, "demo.json", key_base);
    if (!imported) {
        throw std::runtime_error{imported.error()};
    }
}

void import_demo(TestDatabase& database) {
    import_demo_data(database.options());
}

void forget_sales(TestDatabase& database) {
    for (const std::string table :
         {"ci_minutes_additional_packs",
          "namespaces_storage_limit_exclusions",
          "subscription_add_on_purchases",
          "subscription_add_ons",
          "upcoming_reconciliations"}) {
        database.session().execute_once("delete from " + table);
        database.session().execute_once(
            database.session().dialect() == db::Dialect::sqlite
                ? "delete from sqlite_sequence where name = '" + table + "'"
                : "alter table " + table + " alter column id restart with 1"
        );
    }
}

TestDatabase& demo_database(db::Dialect dialect) {
    static SharedDatabases databases{&import_demo};
    return databases.on(dialect);
}

}  // namespace innergate::test
