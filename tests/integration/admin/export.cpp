#include "admin/import/export.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"
#include "tests/integration/admin/admin_database.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;

BOOST_AUTO_TEST_SUITE(admin_export)

BOOST_DATA_TEST_CASE(
    what_is_exported_imports_into_any_database,
    data::make(test::dialects()) * data::make(test::dialects()),
    from,
    to
) {
    test::AdminDatabase first{from};
    first.import(test::demo_document());
    first.import(R"({
        "users": [{"id": 7, "name": "quote \" backslash \\ ümlaut \u20ac line\nend",
                   "last_activity_on": "2024-02-29", "locked_at": "2024-01-01T00:00:00.001Z"}],
        "projects": [{"id": 3, "storage_version": null, "repository_size": 9007199254740993}],
        "namespaces": [{"id": 2, "default_branch_protection_defaults": {"allow_force_push": false}}],
        "routes": [{"source_type": "Project", "source_id": 1, "path": "by/hand"}],
        "redirect_routes": [{"source_type": "Project", "source_id": 1, "path": "old/path"}]})");
    const std::string exported = first.exported();

    test::AdminDatabase second{to};
    second.import(exported);

    BOOST_TEST((second.exported() == exported));
    BOOST_TEST(
        second.look("select path from routes order by source_type, source_id") ==
        first.look("select path from routes order by source_type, source_id")
    );
    BOOST_TEST((exported.find("9007199254740993") != std::string::npos));
    BOOST_TEST((exported.find("by/hand") != std::string::npos));
    BOOST_TEST((exported.find("source_project_id") == std::string::npos));
}

BOOST_DATA_TEST_CASE(only_named_tables_are_written, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(test::demo_document());

    const std::string routes = database.exported({"routes", "emails"});

    BOOST_TEST((routes.find("gnuwget/wget2") != std::string::npos));
    BOOST_TEST((routes.find("\"emails\": []") != std::string::npos));
    BOOST_TEST((routes.find("\"users\"") == std::string::npos));
    BOOST_TEST(json::parse(routes).has_value());
}

BOOST_DATA_TEST_CASE(
    an_unknown_table_is_refused_before_anything_is_written, data::make(test::dialects())
) {
    test::AdminDatabase database{sample};
    std::ostringstream out;
    const auto done = admin::export_document(*database, {"users", "usres"}, out);
    BOOST_REQUIRE(!done);
    BOOST_TEST(done.error() == "there is no table usres");
    BOOST_TEST(out.str().empty());
}

BOOST_AUTO_TEST_SUITE_END()
