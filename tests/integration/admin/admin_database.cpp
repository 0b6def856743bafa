#include "tests/integration/admin/admin_database.hpp"

#include <cstdlib>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "admin/import/export.hpp"
#include "admin/import/import.hpp"
#include <boost/test/unit_test.hpp>
#include <soci/soci.h>

#include "tests/support/repository_files.hpp"

namespace innergate::test {

AdminDatabase::Folder::Folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "innergate-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error{"cannot make a temporary folder"};
    }
    path_ = pattern;
}

AdminDatabase::Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

auth::Secret AdminDatabase::key_base() {
    return auth::Secret{"a database key base for tests only, of forty bytes"};
}

std::string AdminDatabase::refusal(std::string_view document) {
    const auto counts = admin::import_document(admin_, document, "file", key_base);
    return counts ? std::string{} : counts.error();
}

std::vector<admin::TableCount> AdminDatabase::import(std::string_view document) {
    auto counts = admin::import_document(admin_, document, "file", key_base);
    BOOST_REQUIRE_MESSAGE(counts, (counts ? "" : counts.error()));
    return std::move(*counts);
}

std::string AdminDatabase::exported(const std::vector<std::string>& tables) {
    std::ostringstream out;
    const auto done = admin::export_document(admin_, tables, out);
    BOOST_REQUIRE_MESSAGE(done, (done ? "" : done.error()));
    return out.str();
}

std::string AdminDatabase::look(const std::string& sql) {
    std::string text;
    std::optional<std::string> value;
    admin_.session().fetch_each(
        admin_.query("test.look", sql),
        [&] { text += (text.empty() ? "" : " ") + value.value_or("null"); },
        soci::into(value)
    );
    return text;
}

std::string demo_document() {
    return repository_file("sql/seeds/demo.json");
}

}  // namespace innergate::test
