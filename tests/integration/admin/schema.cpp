#include "admin/entities/rows/catalog.hpp"
#include "admin/schema/schema_document.hpp"
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/admin/admin_database.hpp"
#include "tests/support/repository_files.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;

BOOST_AUTO_TEST_SUITE(admin_schema)

BOOST_DATA_TEST_CASE(the_documented_schema_is_that_of_the_database, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    const std::string documented = test::repository_file("docs/schema.md");

    const std::string actual = admin::schema_document(admin::rows::read_schema(*database));

    BOOST_TEST(
        (actual == documented),
        "docs/schema.md is out of date: innergate-admin schema --markdown > docs/schema.md"
    );
}

BOOST_AUTO_TEST_CASE(both_databases_give_the_same_model) {
    std::vector<admin::SchemaModel> models;
    for (const db::Dialect dialect : test::dialects()) {
        test::AdminDatabase database{dialect};
        models.push_back(admin::rows::read_schema(*database));
    }
    BOOST_TEST((models.front() == models.back()));
}

BOOST_DATA_TEST_CASE(
    columns_that_sqlite_stores_alike_are_told_apart, data::make(test::dialects())
) {
    test::AdminDatabase database{sample};
    const admin::SchemaModel schema = admin::rows::read_schema(*database);
    const admin::Table& users = *schema.find_table("users");

    BOOST_TEST(admin::to_string(users.find_column("id")->kind) == "bigint");
    BOOST_TEST(admin::to_string(users.find_column("user_type")->kind) == "smallint");
    BOOST_TEST(admin::to_string(users.find_column("projects_limit")->kind) == "integer");
    BOOST_TEST(admin::to_string(users.find_column("admin")->kind) == "boolean");
    BOOST_TEST(admin::to_string(users.find_column("last_activity_on")->kind) == "date");
    BOOST_TEST(admin::to_string(users.find_column("created_at")->kind) == "timestamp");
    BOOST_TEST(users.find_column("id")->is_identity);
    BOOST_TEST(schema.find_table("members")->find_column("source_project_id")->is_generated());
    BOOST_TEST((schema.find_table("schema_migrations") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
