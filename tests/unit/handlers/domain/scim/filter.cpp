#include "handlers/domain/scim/filter.hpp"

#include <boost/test/unit_test.hpp>

#include "app/time_format.hpp"

namespace innergate::handlers::domain::scim {
namespace {

User jane() {
    return {
        .id = "0b1d561c-21ff-4092",
        .active = true,
        .user_name = "Jane.Doe",
        .name = "Jane Doe",
        .given_name = "Jane",
        .family_name = std::nullopt,
        .email = "jane@example.com",
        .created = parse_timestamp("2024-05-02T09:14:07.123Z").value(),
        .last_modified = parse_timestamp("2024-06-01T00:00:00.000Z").value(),
        .echo_attributes = {{Attribute::title, "100% Tour_Guide"}},
    };
}

/// `yes`, `no`, or what is wrong.
std::string asked(std::string_view text, const User& user = jane()) {
    const auto filter = parse_filter(text);
    if (!filter) {
        return filter.error();
    }
    return matches(*filter, user) ? "yes" : "no";
}

void check_all(std::initializer_list<const char*> filters, std::string_view answer) {
    for (const char* const text : filters) {
        BOOST_TEST(asked(text) == answer, text);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_filters)

BOOST_AUTO_TEST_CASE(comparisons_ignore_case) {
    check_all(
        {R"(userName eq "jane.doe")",
         R"(USERNAME EQ "JANE.DOE")",
         R"(urn:ietf:params:scim:schemas:core:2.0:User:userName eq "Jane.Doe")",
         "id eq 0B1D561C-21ff-4092",
         R"(externalId eq "0b1d561c-21ff-4092")",
         R"(userName co "E.D")",
         R"(userName sw "JANE")",
         R"(userName ew "doe")",
         R"(userName ne "jane")",
         R"(displayName eq "jane doe")",
         R"(name eq "Jane Doe")",
         R"(name.givenName eq "jane")",
         R"(userName gt "jane")",
         R"(userName lt "jane.e")",
         R"(userName ge "JANE.DOE")",
         R"(userName le "jane.doe")",
         R"(  userName   eq   "jane.doe"  )"},
        "yes"
    );
    check_all(
        {R"(userName eq "jane")",
         R"(userName sw "doe")",
         R"(userName gt "jane.doe")",
         R"(name.givenName ne "jane")"},
        "no"
    );
}

BOOST_AUTO_TEST_CASE(special_characters_are_ordinary) {
    check_all({R"(title co "0% t")", R"(title co "_")", R"(title sw "100%")"}, "yes");
    check_all(
        {R"(title co "%%")",
         R"(title co "\\")",
         R"(title eq "1__% tour_guide")",
         R"(title ew "%")"},
        "no"
    );
    User user = jane();
    user.echo_attributes[Attribute::title] = R"(a"b\c)";
    BOOST_TEST(asked(R"(title eq "a\"b\\c")", user) == "yes");
    BOOST_TEST(asked(R"(title eq "A\u0022b\\C")", user) == "yes");
}

BOOST_AUTO_TEST_CASE(unset_attributes) {
    check_all(
        {R"(name.familyName ne "x")",
         "name.familyName eq null",
         "nickName eq null",
         "userName ne null",
         "title pr",
         "not (nickName pr)",
         R"(phoneNumbers ne "1")",
         "phoneNumbers eq null",
         R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department ne "x")"},
        "yes"
    );
    check_all(
        {R"(name.familyName eq "x")",
         R"(name.familyName co "")",
         "name.familyName pr",
         "userName eq null",
         "phoneNumbers pr",
         R"(phoneNumbers[type eq "work"])",
         R"(phoneNumbers[not (type eq "work")])",
         R"(phoneNumbers[type ne "work"].value ne "1")",
         R"(addresses.country eq "DE")",
         R"(profileUrl sw "http")"},
        "no"
    );
}

BOOST_AUTO_TEST_CASE(booleans_and_times) {
    check_all(
        {"active eq true",
         R"(active eq "True")",
         "active ne FALSE",
         "active pr",
         R"(meta.created eq "2024-05-02T09:14:07.123Z")",
         R"(meta.created gt "2024-05-02T09:14:07Z")",
         R"(meta.created le "2024-05-02T11:14:07.123+02:00")",
         R"(meta.lastModified ne "2024-05-02T09:14:07.123Z")"},
        "yes"
    );
    check_all({"active eq false", R"(meta.created lt "2024-05-02T09:14:07.123Z")"}, "no");
    check_all(
        {"active gt true", "active eq yes", R"(active co "t")"},
        "a boolean attribute is eq or ne, true or false"
    );
    check_all(
        {R"(meta.created co "2024")",
         R"(meta.created gt "yesterday")",
         R"(meta.created gt "05/06/2024")",
         R"(meta.created gt "2024-05-02")",
         "meta.created eq true"},
        "a time is compared with a time, and not by its letters"
    );
}

BOOST_AUTO_TEST_CASE(lists_of_one) {
    check_all(
        {R"(emails eq "jane@example.com")",
         R"(emails.value ew "example.com")",
         R"(emails[type eq "work"])",
         R"(emails[type eq "WORK" and value co "@example"])",
         R"(emails[type eq "work"].value eq "Jane@Example.com")",
         R"(emails[primary eq "True"].value sw "jane")",
         "emails.primary eq true",
         "emails pr",
         R"(meta.resourceType eq "User")",
         R"(schemas eq "urn:ietf:params:scim:schemas:core:2.0:user")",
         R"(name[familyName eq null and givenName eq "Jane"])"},
        "yes"
    );
    check_all(
        {R"(emails[type eq "home"])",
         R"(emails[type eq "home"].value eq "jane@example.com")",
         R"(emails[type eq "work"].value eq "x@example.com")",
         R"(emails.type ne "work")"},
        "no"
    );
}

BOOST_AUTO_TEST_CASE(precedence) {
    check_all(
        {"title pr or nickName pr and locale pr",
         "(title pr or nickName pr) and userName pr",
         "not (nickName pr) and title pr",
         "not(nickName pr or locale pr)",
         "nickName pr or not (not (title pr))",
         "((title pr)) and (userName pr)",
         "title pr AND userName pr OR locale pr"},
        "yes"
    );
    check_all(
        {"(title pr or nickName pr) and locale pr",
         "not (title pr or nickName pr)",
         "nickName pr and title pr or locale pr",
         "title pr and nickName pr or locale pr and userName pr"},
        "no"
    );
}

BOOST_AUTO_TEST_CASE(what_is_no_filter) {
    for (const char* const text :
         {"",
          "   ",
          "userName",
          "userName eq",
          "userName eq ",
          R"(userName eq "open)",
          R"(userName eq "a"b)",
          R"(userName eq "a" and)",
          "((title pr))and(userName pr)",
          "(title pr) and(userName pr)",
          R"(userName eq "a" and )",
          R"(and userName eq "a")",
          R"(userName eq "a" userName eq "b")",
          R"((userName eq "a")",
          R"(userName eq "a"))",
          "()",
          "not userName pr",
          "not",
          R"(userName is "a")",
          R"(userName eq "\q")",
          "password pr",
          R"(meta.location eq "x")",
          R"(meta.version eq "x")",
          "unknown pr",
          "user-Name pr",
          ".userName pr",
          "userName. pr",
          "1userName pr",
          R"(emails[type eq "work")",
          R"(emails[type eq "work"]x)",
          R"(emails[type eq "work"].unknown eq "x")",
          R"(emails[emails[type eq "work"]])",
          R"(emails[value.x eq "work"])",
          R"(userName[x eq "1"])",
          R"(title pr or unknown pr)",
          R"(userName gt null)"}) {
        const std::string answer = asked(text);
        BOOST_TEST((answer != "yes" && answer != "no"), text);
    }
    BOOST_TEST(asked("unknown pr") == "Unsupported Filter");
    BOOST_TEST(asked(R"(title pr or password pr)") == "Unsupported Filter");
}

BOOST_AUTO_TEST_CASE(limits) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '(') + "title pr" + std::string(depth, ')');
    };
    BOOST_TEST(asked(nested(kMaxFilterDepth)) == "yes");
    BOOST_TEST(asked(nested(kMaxFilterDepth + 1)) == "the filter is nested too deeply");
    BOOST_TEST(asked(std::string(1000, '(')) == "the filter is nested too deeply");
    // Depth is not number: many parts side by side are fine.
    std::string wide = "title pr";
    while (wide.size() < 4000) {
        wide += " and (title pr)";
    }
    BOOST_TEST(asked(wide) == "yes");
    BOOST_TEST(
        asked(R"(title eq ")" + std::string(65536, 'x') + R"(")") ==
        "a filter has 4096 bytes at most"
    );
}

BOOST_AUTO_TEST_CASE(look_ups) {
    for (const char* const text :
         {R"(userName eq "a")",
          R"(id eq a-b)",
          R"(externalId eq "a")",
          R"(emails.value eq "a@example.com")",
          R"(emails[type eq "work"].value eq "a@example.com")",
          R"(active eq true and userName eq "a" and title pr)"}) {
        BOOST_TEST(is_look_up(parse_filter(text).value()), text);
    }
    for (const char* const text :
         {R"(userName ne "a")",
          R"(userName sw "a")",
          R"(not (userName eq "a"))",
          R"(userName eq "a" or userName eq "b")",
          R"(active eq true and (userName eq "a" or title pr))",
          R"(name.formatted eq "a")",
          R"(title eq "a")",
          R"(active eq true)"}) {
        BOOST_TEST(!is_look_up(parse_filter(text).value()), text);
    }
}

BOOST_AUTO_TEST_CASE(user_name_alone) {
    BOOST_TEST(only_user_name(parse_filter(R"(userName eq "A@b")").value()).value() == "a@b");
    BOOST_TEST(only_user_name(parse_filter(R"((userName eq "a"))").value()).value() == "a");
    for (const char* const text :
         {R"(userName ne "a")", R"(id eq "a")", R"(userName eq "a" and active eq true)"}) {
        BOOST_TEST(!only_user_name(parse_filter(text).value()).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::scim
