#include "app/params/deferred.hpp"

#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"

namespace innergate::params {
namespace {

struct Shelf {
    std::string name;
};

struct Books {
    int count = 0;
    std::optional<Date> due;
};

constexpr auto kShelf = schema<Shelf>(required("name", &Shelf::name, "Name"));
constexpr auto kBooks = schema<Books>(
    required("count", &Books::count, "How many"), optional("due", &Books::due, "Until when")
);
constexpr auto kBooksOnShelf = deferred(kShelf, kBooks);

Result<Deferred<Shelf, Books>> parse_books(std::string_view json) {
    return kBooksOnShelf.parse(*json::parse(json).value().object());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deferred_schemas)

BOOST_AUTO_TEST_CASE(both_parts_are_read) {
    const auto books = parse_books(R"({"name":"a","count":"3"})");
    BOOST_REQUIRE(books.has_value());
    BOOST_TEST(books->target.name == "a");
    BOOST_REQUIRE(books->rest.has_value());
    BOOST_TEST(books->rest->count == 3);
}

BOOST_AUTO_TEST_CASE(faults_of_the_rest_wait) {
    const auto books = parse_books(R"({"name":"a","due":"soon"})");
    BOOST_REQUIRE(books.has_value());
    BOOST_TEST(books->target.name == "a");
    BOOST_REQUIRE(!books->rest.has_value());
    BOOST_TEST(books->rest.error().message == "count is missing, due is invalid");
    BOOST_TEST((books->rest.error().key == ErrorKey::error));
}

BOOST_AUTO_TEST_CASE(faults_of_the_target_do_not) {
    const auto books = parse_books(R"({"count":"many"})");
    BOOST_REQUIRE(!books.has_value());
    BOOST_TEST(books.error().message == "name is missing");
}

BOOST_AUTO_TEST_CASE(both_parts_are_described) {
    std::vector<std::string> names;
    for (const Description& description : kBooksOnShelf.describe()) {
        names.emplace_back(description.name);
    }
    BOOST_TEST((names == std::vector<std::string>{"name", "count", "due"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::params
