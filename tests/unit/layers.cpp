// What the build cannot see: who includes what, who catches exceptions, and that each statement has
// a name of its own.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/repository_files.hpp"
#include "tests/support/statement_reader.hpp"

namespace innergate {
namespace {

struct SourceFile {
    std::string path;  ///< from the root of the repository
    std::string text;
};

/// All C++ files of the program itself.
const std::vector<SourceFile>& sources() {
    static const std::vector<SourceFile> files = [] {
        const std::filesystem::path root = test::repository_root();
        std::vector<SourceFile> found;
        for (const char* const folder : {"app", "handlers", "admin", "sql"}) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator{root / folder}) {
                const auto extension = entry.path().extension();
                if (extension != ".cpp" && extension != ".hpp") {
                    continue;
                }
                std::ifstream file{entry.path()};
                found.push_back(
                    {entry.path().lexically_relative(root).string(),
                     std::string{std::istreambuf_iterator{file}, {}}}
                );
            }
        }
        return found;
    }();
    return files;
}

std::vector<std::string> includes(const SourceFile& source) {
    static const std::regex include{R"(#include [<"]([^>"]+)[>"])"};
    std::vector<std::string> names;
    for (std::sregex_iterator match{source.text.begin(), source.text.end(), include}, end;
         match != end;
         ++match) {
        names.push_back((*match)[1].str());
    }
    return names;
}

/// Headers that begin with `header` belong to files that begin with one of `folders`.
struct Rule {
    std::string_view header;
    std::vector<std::string_view> folders;
};

std::ostream& operator<<(std::ostream& out, const Rule& rule) {
    return out << rule.header;
}

const std::vector<Rule> kRules{
    {"soci", {"app/db/", "handlers/stores/", "admin/entities/rows/"}},
    {"libpq", {"app/db/"}},
    {"sqlite3", {"app/db/"}},
    {"fcgi", {"app/fastcgi/"}},
    {"rapidjson", {"app/json/"}},
    {"yaml-cpp", {"app/yaml/"}},
    {"prometheus", {"app/metrics/"}},
    {"git2", {"handlers/inspectors/git/"}},
    {"handlers/inspectors/git/", {"handlers/inspectors/"}},
    {"grpc", {"handlers/inspectors/gitaly/"}},
    {"google/protobuf", {"handlers/inspectors/gitaly/"}},
    {"handlers/inspectors/gitaly/gitaly.", {"handlers/inspectors/gitaly/"}},
    {"openssl", {"app/auth/", "app/encoding/", "admin/commands/"}},
    {"CLI/", {"handlers/pool/", "app/settings/", "app/manual/", "admin/"}},
    {"app/db/session.hpp", {"app/db/", "admin/", "handlers/pool/", "handlers/stores/"}},
    {"app/fastcgi/", {"app/fastcgi/", "handlers/pool/"}},
    {"handlers/pool/", {"handlers/pool/"}},
    {"admin/", {"admin/"}},
    // The operator's tool does the jobs that pushes leave behind, looks into repositories, asks who
    // does, and keeps as many events of agents as the pools.
    {"handlers/",
     {"handlers/",
      "admin/jobs/",
      "admin/doctor/",
      "admin/repository/",
      "admin/entities/rows/agent_token_rows",
      "admin/commands/explain_command",
      "admin/commands/jobs"}},
    {"tests/", {}},
};

/// Where exceptions end or become something else; docs/architecture.md says why there.
const std::vector<std::string_view> kCatchers{
    "admin/",
    "app/db/",
    "app/fastcgi/",
    "app/routing/dispatch.cpp",
    "app/settings/load.cpp",
    "app/yaml/reader.cpp",
    "handlers/inspectors/git/failure.hpp",
    "handlers/pool/",
    "handlers/shell/access_check.cpp",
    "handlers/shell/pre_receive.cpp",
    "handlers/stores/",
};

bool is_below(const std::string& path, const std::vector<std::string_view>& folders) {
    return std::ranges::any_of(folders, [&path](std::string_view folder) {
        return path.starts_with(folder);
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(there_are_sources_to_look_at) {
    BOOST_TEST(sources().size() > 100U);
}

BOOST_DATA_TEST_CASE(headers_stay_in_their_layer, boost::unit_test::data::make(kRules), rule) {
    for (const SourceFile& source : sources()) {
        for (const std::string& header : includes(source)) {
            BOOST_TEST(
                (!header.starts_with(rule.header) || is_below(source.path, rule.folders)),
                source.path << " includes " << header
            );
        }
    }
}

BOOST_AUTO_TEST_CASE(exceptions_are_caught_where_the_documentation_says) {
    for (const SourceFile& source : sources()) {
        const bool catches = source.text.find("catch (") != std::string::npos;
        BOOST_TEST((!catches || is_below(source.path, kCatchers)), source.path << " catches");
    }
}

// SOCI's headers would otherwise reach every handler.
BOOST_AUTO_TEST_CASE(headers_of_stores_know_no_database_library) {
    for (const SourceFile& source : sources()) {
        const bool is_header =
            source.path.starts_with("handlers/stores/") && source.path.ends_with(".hpp");
        for (const std::string& header : includes(source)) {
            const bool is_database = header.starts_with("soci") || header == "app/db/session.hpp";
            BOOST_TEST(!(is_header && is_database), source.path << " includes " << header);
        }
    }
}

// Nor libgit2's.
BOOST_AUTO_TEST_CASE(headers_of_inspectors_know_no_git_library) {
    for (const SourceFile& source : sources()) {
        if (source.path.ends_with(".hpp") && !source.path.starts_with("handlers/inspectors/git/")) {
            for (const std::string& header : includes(source)) {
                BOOST_TEST(
                    !header.starts_with("handlers/inspectors/git/"),
                    source.path << " includes " << header
                );
            }
        }
    }
}

// Nor gRPC's: the program loads what needs it as a module, and knows these two headers.
BOOST_AUTO_TEST_CASE(headers_of_inspectors_know_no_grpc) {
    const std::set<std::string_view> known{
        "handlers/inspectors/gitaly/client.hpp", "handlers/inspectors/gitaly/module.hpp"};
    for (const SourceFile& source : sources()) {
        if (source.path.starts_with("handlers/inspectors/gitaly/") &&
            !known.contains(source.path)) {
            continue;
        }
        for (const std::string& header : includes(source)) {
            BOOST_TEST(
                (!header.starts_with("handlers/inspectors/gitaly/") || known.contains(header)),
                source.path << " includes " << header
            );
        }
    }
}

// Nor the YAML library's.
BOOST_AUTO_TEST_CASE(headers_of_the_reader_know_no_yaml_library) {
    for (const SourceFile& source : sources()) {
        for (const std::string& header : includes(source)) {
            const bool is_library = header.starts_with("yaml-cpp");
            BOOST_TEST(
                !(is_library && source.path.ends_with(".hpp")),
                source.path << " includes " << header
            );
        }
    }
}

BOOST_AUTO_TEST_CASE(every_statement_of_a_store_is_read_once) {
    static const std::regex statement{R"(db::Query \w+\{|db::(?:reading|writing)\()"};
    std::size_t written = 0;
    for (const SourceFile& source : sources()) {
        if (source.path.starts_with("handlers/")) {
            written += static_cast<std::size_t>(std::distance(
                std::sregex_iterator{source.text.begin(), source.text.end(), statement},
                std::sregex_iterator{}
            ));
        }
    }
    std::set<std::string_view> names;
    for (const db::Query& query : test::store_queries()) {
        BOOST_TEST(names.insert(query.name).second, query.name << " is there twice");
    }
    BOOST_TEST(names.size() == written);
    BOOST_TEST(written > 150U);
}

// SOCI takes a colon in a comment for a parameter's name.
BOOST_AUTO_TEST_CASE(statements_have_no_comments_and_list_their_columns) {
    for (const db::Query& query : test::store_queries()) {
        BOOST_TEST(query.sql.find("--") == std::string_view::npos, query.name);
        BOOST_TEST(query.sql.find("/*") == std::string_view::npos, query.name);
        BOOST_TEST(query.sql.find("select *") == std::string_view::npos, query.name);
        BOOST_TEST(query.sql.find(".*") == std::string_view::npos, query.name);
    }
}

// Two values side by side could be mixed up: a table of columns says which is which.
BOOST_AUTO_TEST_CASE(stores_read_one_value_or_a_table_of_columns) {
    static const std::regex two_values{R"(soci::into\([^;]*soci::into\()"};
    std::size_t with_table = 0;
    for (const SourceFile& source : sources()) {
        if (source.path.starts_with("handlers/stores/")) {
            BOOST_TEST(!std::regex_search(source.text, two_values), source.path);
            with_table += source.text.find("db::columns<") != std::string::npos ? 1U : 0U;
        }
    }
    BOOST_TEST(with_table > 30U);
}

BOOST_AUTO_TEST_CASE(which_memberships_count_is_said_in_one_place) {
    std::vector<std::string> places;
    for (const SourceFile& source : sources()) {
        if (source.text.find("requested_at is null") != std::string::npos) {
            places.push_back(source.path);
        }
    }
    BOOST_TEST(places == std::vector<std::string>{"handlers/stores/membership.hpp"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
