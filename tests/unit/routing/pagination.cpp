#include "app/routing/pagination.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/json/reader.hpp"

namespace innergate::routing {
namespace {

struct Asked {
    PageWish pages;
};

constexpr auto kStrict = params::schema<Asked>(
    page_number(&Asked::pages, PageFaults::told), page_size(&Asked::pages, PageFaults::told)
);
constexpr auto kLenient = params::schema<Asked>(
    page_number(&Asked::pages, PageFaults::ignored), page_size(&Asked::pages, PageFaults::ignored)
);

template <class Schema>
std::string outcome(const Schema& schema, std::string_view json) {
    const auto asked = schema.parse(*json::parse(json).value().object());
    return asked ? fmt::format("{} of {}", asked->pages.page, asked->pages.per_page)
                 : asked.error().message;
}

/// `X-Next-Page=2 …`, without the fields that only repeat the wish.
std::string fields(const PageWish& wish, long long total) {
    std::string text;
    for (const http::ResponseField& field : page_headers(wish, total, "https://x/y")) {
        if (field.name != "X-Page" && field.name != "X-Per-Page") {
            text += fmt::format("{}{}={}", text.empty() ? "" : " ", field.name, field.value);
        }
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pagination)

BOOST_AUTO_TEST_CASE(what_may_be_asked) {
    for (const auto& [json, expected] : std::initializer_list<std::pair<const char*, const char*>>{
             {"{}", "1 of 20"},
             {R"({"page":"3","per_page":"50"})", "3 of 50"},
             {R"({"page":0,"per_page":101})", "1 of 100"},
             {R"({"page":-5,"per_page":-1})", "1 of 20"},
             {R"({"page":"","per_page":null})", "1 of 20"}}) {
        BOOST_TEST(outcome(kStrict, json) == expected, json);
        BOOST_TEST(outcome(kLenient, json) == expected, json);
    }
    for (const auto& [json, expected] : std::initializer_list<std::pair<const char*, const char*>>{
             {R"({"page":"x","per_page":"y"})", "page is invalid, per_page is invalid"},
             {R"({"page":99999999999})", "page is invalid"},
             {R"({"per_page":0})", "per_page has a value not allowed"}}) {
        BOOST_TEST(outcome(kStrict, json) == expected, json);
        BOOST_TEST(outcome(kLenient, json) == "1 of 20", json);
    }
}

BOOST_AUTO_TEST_CASE(fields_lead_through_the_list) {
    BOOST_TEST(
        fields({.page = 1, .per_page = 20}, 0) ==
        "X-Next-Page= X-Prev-Page= X-Total=0 X-Total-Pages=1 "
        R"(Link=<https://x/y?page=1&per_page=20>; rel="first", )"
        R"(<https://x/y?page=1&per_page=20>; rel="last")"
    );
    BOOST_TEST(
        fields({.page = 2, .per_page = 20}, 41) ==
        "X-Next-Page=3 X-Prev-Page=1 X-Total=41 X-Total-Pages=3 "
        R"(Link=<https://x/y?page=1&per_page=20>; rel="prev", )"
        R"(<https://x/y?page=3&per_page=20>; rel="next", )"
        R"(<https://x/y?page=1&per_page=20>; rel="first", )"
        R"(<https://x/y?page=3&per_page=20>; rel="last")"
    );
    BOOST_TEST(
        fields({.page = 9, .per_page = 20}, 40).starts_with("X-Next-Page= X-Prev-Page= X-Total=40")
    );
    BOOST_TEST((PageWish{.page = 2147483647, .per_page = 100}.offset() == 214748364600LL));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::routing
