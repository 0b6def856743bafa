#include <stdexcept>

#include "app/admin/import.hpp"
#include "tests/support/in_process_server.hpp"
#include "tests/support/repository_files.hpp"

namespace innergate::test {

void import_demo(TestDatabase& database) {
    const std::string document = repository_file("sql/seeds/demo.json");
    admin::Database target{database.options()};
    const auto key_base = [] {
        return auth::Secret{"a database key base for tests only, of forty bytes"};
    };
    const auto imported = admin::import_document(target, document, "demo.json", key_base);
    if (!imported) {
        throw std::runtime_error{imported.error()};
    }
}

TestDatabase& demo_database(db::Dialect dialect) {
    static SharedDatabases databases{&import_demo};
    return databases.on(dialect);
}

}  // namespace innergate::test
