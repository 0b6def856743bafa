#include "handlers/inspectors/quarantine.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::inspectors {

BOOST_AUTO_TEST_SUITE(quarantine)

BOOST_AUTO_TEST_CASE(both_keys_are_read) {
    const Quarantine quarantine = parse_quarantine(
        R"({"GIT_OBJECT_DIRECTORY_RELATIVE":"./objects/tmp_objdir-incoming-a1B2c3",)"
        R"("GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE":["./objects","",7,"../pool.git/objects"],)"
        R"("GIT_DIR":"/etc"})"
    );
    BOOST_TEST(quarantine.object_directory == "./objects/tmp_objdir-incoming-a1B2c3");
    const std::vector<std::string> alternates{"./objects", "../pool.git/objects"};
    BOOST_TEST(quarantine.alternates == alternates, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(alternates_may_be_null_or_absent) {
    for (const char* const text :
         {R"({"GIT_OBJECT_DIRECTORY_RELATIVE":"objects/x",)"
          R"("GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE":null})",
          R"({"GIT_OBJECT_DIRECTORY_RELATIVE":"objects/x"})",
          R"({"GIT_OBJECT_DIRECTORY_RELATIVE":"objects/x",)"
          R"("GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE":"objects"})"}) {
        const Quarantine expected{.object_directory = "objects/x", .alternates = {}};
        BOOST_TEST((parse_quarantine(text) == expected), text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_such_json_is_none) {
    for (const std::string text :
         {"",
          "  ",
          "null",
          "[]",
          "\"x\"",
          "{",
          "{}",
          R"({"GIT_OBJECT_DIRECTORY_RELATIVE":null})",
          R"({"GIT_OBJECT_DIRECTORY_RELATIVE":["objects/x"]})",
          R"({"GIT_OBJECT_DIRECTORY":"/objects/x"})"}) {
        BOOST_TEST((parse_quarantine(text) == Quarantine{}), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::inspectors
