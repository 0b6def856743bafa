// POST /internal/kubernetes/modules/starboard_vulnerability/scan_result.
#include "tests/contract/kubernetes/vulnerability_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

const Example kRefusals[]{
    {"missing", "{}", 400, R"({"error":"uuids is missing"})"},
    {"number", R"({"uuids":-1})", 400, R"({"error":"uuids is invalid"})"},
    {"text", R"({"uuids":"x"})", 400, R"({"error":"uuids is invalid"})"},
    {"object", R"({"uuids":{}})", 400, R"({"error":"uuids is invalid"})"},
    {"null within", R"({"uuids":[null]})", 400, R"({"error":"uuids is invalid"})"},
    {"object within", R"({"uuids":[{}]})", 400, R"({"error":"uuids is invalid"})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scan_result)

BOOST_DATA_TEST_CASE(documented_example_is_taken, data::make(dialects()), dialect) {
    Vulnerabilities found{dialect};
    found.scanned(
        R"(["102e8a0a-fe29-59bd-b46c-57c3e9bc6411", "5eb12985-0ed5-51f4-b545-fd8871dc2870"])"
    );
    BOOST_TEST(found.states().empty());
}

BOOST_DATA_TEST_CASE(what_is_not_found_again_is_resolved, data::make(dialects()), dialect) {
    Vulnerabilities found{dialect};
    std::string uuid = found.report(report_of("CVE-1"));
    for (const char* const cve : {"CVE-2", "CVE-3", "CVE-4"}) {
        found.report(report_of(cve));
    }
    found.change("update vulnerabilities set state = 2 where title = 'CVE-3'");
    found.change("update vulnerabilities set state = 4 where title = 'CVE-4'");
    // Of another agent's, of another kind, and in another project.
    found.report(report_of("CVE-5", "nginx", R"("2")"));
    found.report(report_of("CVE-6"));
    found.change("update vulnerabilities set report_type = 2 where title = 'CVE-6'");
    found.report(report_of("CVE-7"));
    found.change("update vulnerabilities set project_id = 7 where title = 'CVE-7'");
    for (char& letter : uuid) {
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    for (int time = 0; time < 2; ++time) {
        found.scanned(R"([")" + uuid + R"(","no uuid",7])");
        BOOST_TEST(found.states() == "1 3 2 3 1 1 1");
    }
    BOOST_TEST(
        found.database.look("select title from vulnerabilities where resolved_on_default_branch "
                            "and resolved_at is null and resolved_by_id is null order by id"
        ) == "CVE-2 CVE-4"
    );
}

BOOST_DATA_TEST_CASE(nothing_found_resolves_all, data::make(dialects()), dialect) {
    for (const char* const uuids : {"[]", "null"}) {
        Vulnerabilities found{dialect};
        found.report(report_of("CVE-1", "nginx", "1"));
        found.scanned(uuids);
        BOOST_TEST(found.states() == "3");
        found.report(report_of("CVE-1", "nginx", "1"));
        BOOST_TEST(found.states() == "1");
    }
}

BOOST_DATA_TEST_CASE(
    bad_lists_resolve_nothing, data::make(dialects()) * data::make(kRefusals), dialect, example
) {
    Vulnerabilities found{dialect};
    found.report(report_of("CVE-1"));
    check(
        found.server.send(http::Method::post, kScanResult, example.target),
        example.status,
        example.body
    );
    BOOST_TEST(found.states() == "1");
}

BOOST_DATA_TEST_CASE(who_may_tell, data::make(dialects()), dialect) {
    Vulnerabilities found{dialect};
    found.report(report_of("CVE-1"));
    found.server.settings.features.security_dashboard = false;
    check(
        found.server.send(http::Method::post, kScanResult, R"({"uuids":[]})"),
        403,
        R"({"message":"403 Forbidden"})"
    );
    BOOST_TEST(found.states() == "1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
