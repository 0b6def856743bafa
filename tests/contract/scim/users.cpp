// Reading users: one, and lists of them.
#include "tests/contract/scim/provider.hpp"

namespace innergate::test {
namespace {

/// All of the demo data's user, as both mounts show it.
std::string whole_user(const Mount& mount, const http::Response& response) {
    const json::Value meta = member(response, "meta");
    const auto stored = [&meta](const char* name) {
        const json::Value* const value = meta.find(name);
        return value == nullptr ? std::string{} : *value->string();
    };
    return fmt::format(
        R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{id}",)"
        R"("externalId":"{id}","active":true,"name.formatted":"Test User",)"
        R"("name":{{"formatted":"Test User","givenName":"Test","familyName":"User"}},)"
        R"("displayName":"Test User","userName":"username","meta":{{"resourceType":"User",)"
        R"("created":"{created}","lastModified":"{modified}",)"
        R"("location":"https://gitlab.example.com{base}/Users/{id}",)"
        R"("version":{version}}},)"
        R"("emails":[{{"type":"work","value":"name@example.com","primary":true}}]}})",
        fmt::arg("id", kTestUser),
        fmt::arg("created", stored("created")),
        fmt::arg("modified", stored("lastModified")),
        fmt::arg("base", mount.base),
        fmt::arg("version", fmt::format(R"("W/\"{}\"")", stored("version").substr(3, 16)))
    );
}

/// Names that differ, an inactive one, attributes that are kept.
void add_people(Provider& provider) {
    provider.sql(
        "insert into users (id, username, name, email) values "
        "(9001, 'ann', 'Ann', 'ann@example.com'), "
        "(9002, 'ben', 'Ben van Dyk', 'ben@example.com'), "
        "(9003, 'cleo', 'Cleo', 'cleo@example.com')"
    );
    provider.sql(
        "insert into scim_identities (id, group_id, user_id, extern_uid, active, user_name) values "
        "(901, 4, 9001, 'A+1/x', true, 'Ann@Example.com'), (902, 4, 9002, 'b2', false, null), "
        "(903, 4, 9003, 'c3', true, 'ben')"
    );
    provider.sql(
        "insert into scim_identity_attributes (scim_identity_id, name, value) values "
        "(902, 'title', 'Captain'), (903, 'title', 'boatswain')"
    );
}

struct Search {
    const char* query;
    const char* ids;
    int total;

    friend std::ostream& operator<<(std::ostream& out, const Search& search) {
        return out << search.query;
    }
};

const std::vector<Search> kSearches{
    {"", "0b1d561c-21ff-4092-beab-8154b17f82f2 A+1/x b2 c3", 4},
    {"?filter=", "0b1d561c-21ff-4092-beab-8154b17f82f2 A+1/x b2 c3", 4},
    {"?filter=id%20eq%20%22B2%22", "b2", 1},
    {"?filter=id+eq+b2", "b2", 1},
    {"?filter=userName%20eq%20%22ann%40example.com%22", "A+1/x", 1},
    {"?filter=USERNAME%20EQ%20%22nobody%22", "", 0},
    // Not found as a name: by id, by username, by email, and the first of these counts.
    {"?filter=userName%20eq%20%22b2%22", "b2", 1},
    {"?filter=userName%20eq%20%22ann%22", "A+1/x", 1},
    {"?filter=userName%20eq%20%22CLEO%40example.com%22", "c3", 1},
    {"?filter=userName%20eq%20%22ben%22", "b2 c3", 2},
    {"?filter=userName%20eq%20%22cleo%40evil.test%22", "", 0},
    {"?filter=userName%20eq%20%22ann%22%20and%20active%20eq%20true", "", 0},
    {"?filter=active%20eq%20%22False%22", "b2", 1},
    {"?filter=title%20pr", "b2 c3", 2},
    {"?filter=emails%5Btype%20eq%20%22work%22%5D.value%20eq%20%22ben%40example.com%22", "b2", 1},
    {"?sortBy=title", "c3 b2 0b1d561c-21ff-4092-beab-8154b17f82f2 A+1/x", 4},
    {"?sortBy=userName&sortOrder=Descending",
     "0b1d561c-21ff-4092-beab-8154b17f82f2 b2 c3 A+1/x",
     4},
    {"?startIndex=2&count=2", "A+1/x b2", 4},
    {"?startIndex=0&count=1", "0b1d561c-21ff-4092-beab-8154b17f82f2", 4},
    {"?startIndex=5", "", 4},
    {"?count=0", "", 4},
    {"?count=-3", "", 4},
    {"?count=1000", "0b1d561c-21ff-4092-beab-8154b17f82f2 A+1/x b2 c3", 4},
};

struct Refused {
    const char* query;
    const char* scim_type;

    friend std::ostream& operator<<(std::ostream& out, const Refused& refused) {
        return out << refused.query;
    }
};

const std::vector<Refused> kRefused{
    {"?filter=userName", "invalidFilter"},
    {"?filter=userName%20xx%20%22a%22", "invalidFilter"},
    {"?filter=password%20eq%20%22a%22", "invalidFilter"},
    {"?filter=shoeSize%20eq%20%2242%22", "invalidFilter"},
    {"?filter=active%20gt%20true", "invalidFilter"},
    {"?filter=meta.created%20gt%20%22yesterday%22", "invalidFilter"},
    {"?filter=active%20eq%20true%20or%20shoeSize%20pr", "invalidFilter"},
    {"?count=many", "invalidValue"},
    {"?startIndex=1.5", "invalidValue"},
    {"?startIndex=99999999999999999999", "invalidValue"},
    {"?sortBy=shoeSize", "invalidValue"},
    {"?sortOrder=up", "invalidValue"},
    {"?attributes=userName&excludedAttributes=meta", "invalidValue"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_users)

BOOST_DATA_TEST_CASE(shows_one, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response shown = provider.get(std::string{"/Users/"} + kTestUser);
    BOOST_TEST(shown.status == 200);
    BOOST_TEST(shown.body == whole_user(mount, shown));
    BOOST_TEST(shown.content_type == "application/scim+json");
    const std::string location =
        fmt::format("https://gitlab.example.com{}/Users/{}", mount.base, kTestUser);
    BOOST_TEST(field(shown, "Location") == location);
    BOOST_TEST(field(shown, "Content-Location") == location);
    BOOST_TEST(field(shown, "ETag").starts_with("W/\""));
    // By a former id the same is shown, under the present one; ids count in any case.
    for (const char* const id :
         {"f0b1d561c-21ff-4092-beab-8154b17f82f2", "0B1D561C-21FF-4092-BEAB-8154B17F82F2"}) {
        BOOST_TEST(provider.get(std::string{"/Users/"} + id).body == shown.body);
    }
    BOOST_TEST(provider.send(http::Method::head, std::string{"/Users/"} + kTestUser).status == 200);
    check_scim_error(provider.get("/Users/nobody"), 404, "Resource nobody not found");
    check_scim_error(
        provider.get("/Users/a%20%22b%22.json"), 404, R"(Resource a "b".json not found)"
    );
}

BOOST_DATA_TEST_CASE(finds_ids_with_any_characters, dialects(), dialect) {
    Provider provider{dialect};
    add_people(provider);
    for (const char* const path : {"/Users/A%2B1%2Fx", "/Users/A+1/x", "/Users/a+1%2Fx/"}) {
        const http::Response shown = provider.get(path);
        BOOST_TEST(text(shown, "id") == "A+1/x", path);
        BOOST_TEST(
            field(shown, "Location") ==
            "https://gitlab.example.com/api/scim/v2/groups/test_group/Users/A%2B1%2Fx"
        );
    }
}

BOOST_DATA_TEST_CASE(searches, dialects() * kSearches, dialect, search) {
    Provider provider{dialect};
    add_people(provider);
    const http::Response found = provider.get(std::string{"/Users"} + search.query);
    BOOST_TEST(found.status == 200);
    BOOST_TEST(listed(found) == search.ids);
    BOOST_TEST(member(found, "totalResults").number()->text == std::to_string(search.total));
}

BOOST_DATA_TEST_CASE(a_list_is_whole, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    const http::Response found = provider.get("/Users/?startIndex=-4&count=150");
    const http::Response shown = provider.get(std::string{"/Users/"} + kTestUser);
    BOOST_TEST(
        found.body ==
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,)"
        R"("itemsPerPage":100,"startIndex":1,"Resources":[)" +
            shown.body + "]}"
    );
    BOOST_TEST(
        provider.get("/Users?filter=id%20eq%20x").body ==
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,)"
        R"("itemsPerPage":20,"startIndex":1,"Resources":[]})"
    );
}

BOOST_DATA_TEST_CASE(refuses_a_bad_search, dialects() * kRefused, dialect, refused) {
    Provider provider{dialect};
    const http::Response response = provider.get(std::string{"/Users"} + refused.query);
    BOOST_TEST(response.status == 400);
    BOOST_TEST(text(response, "status") == "400");
    BOOST_TEST(text(response, "scimType") == refused.scim_type);
    BOOST_TEST(!text(response, "detail").empty());
}

BOOST_DATA_TEST_CASE(refuses_long_and_deep_filters, dialects(), dialect) {
    Provider provider{dialect};
    const auto search = [&provider](const std::string& filter) {
        return provider.post("/.search", R"({"filter":")" + filter + "\"}");
    };
    const std::string deep = std::string(1'000, '(') + "active eq true" + std::string(1'000, ')');
    for (const std::string& filter :
         {std::string(std::size_t{64} * 1024, 'x'), deep, "title co " + std::string(5'000, 'x')}) {
        const http::Response response = search(filter);
        BOOST_TEST(response.status == 400);
        BOOST_TEST(text(response, "scimType") == "invalidFilter");
    }
}

BOOST_DATA_TEST_CASE(searches_by_document, dialects() * kMounts, dialect, mount) {
    Provider provider{dialect, mount};
    for (const char* const path : {"/.search", "/Users/.search"}) {
        const http::Response found = provider.post(
            path,
            R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],)"
            R"("Filter":"userName eq \"username\"","startIndex":"1","COUNT":5,)"
            R"("attributes":["userName","name.givenName"]})"
        );
        BOOST_TEST(
            found.body ==
            fmt::format(
                R"({{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],)"
                R"("totalResults":1,"itemsPerPage":5,"startIndex":1,"Resources":[)"
                R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{}",)"
                R"("name":{{"givenName":"Test"}},"userName":"username"}}]}})",
                kTestUser
            )
        );
        BOOST_TEST(text(provider.post(path, R"({"count":"x"})"), "scimType") == "invalidValue");
        BOOST_TEST(text(provider.post(path, R"({"filter":"("})"), "scimType") == "invalidFilter");
    }
    BOOST_TEST(listed(provider.post("/.search", "{}")) == kTestUser);
}

BOOST_DATA_TEST_CASE(shows_selected_attributes, dialects(), dialect) {
    Provider provider{dialect};
    add_people(provider);
    const std::string start =
        R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"b2")";
    const auto shown = [&provider](const std::string& query) {
        return provider.get("/Users/b2?" + query).body;
    };
    BOOST_TEST(shown("attributes=TITLE") == start + R"(,"title":"Captain"})");
    BOOST_TEST(shown("attributes=active,nosuch") == start + R"(,"active":false})");
    BOOST_TEST(
        shown("attributes=urn:ietf:params:scim:schemas:core:2.0:User:emails.value") ==
        start + R"(,"emails":[{"value":"ben@example.com"}]})"
    );
    BOOST_TEST(
        shown("attributes=name") ==
        start + R"(,"name.formatted":"Ben van Dyk","name":{"formatted":"Ben van Dyk",)"
                R"("givenName":"Ben","familyName":"van Dyk"}})"
    );
    BOOST_TEST(
        shown("excludedAttributes=meta,name,emails,id,externalId") ==
        start + R"(,"active":false,"displayName":"Ben van Dyk","userName":"ben","title":"Captain"})"
    );
    BOOST_TEST(shown("attributes=&excludedAttributes=") == provider.get("/Users/b2").body);
}

BOOST_DATA_TEST_CASE(knows_versions, dialects(), dialect) {
    Provider provider{dialect};
    const std::string path = std::string{"/Users/"} + kTestUser;
    const std::string tag = field(provider.get(path), "ETag");
    const auto conditional = [&](const std::string& tags) {
        return provider.send(http::Method::get, path, {}, {{"If-None-Match", tags}});
    };
    for (const std::string& tags : {tag, std::string{"*"}, "\"x\", " + tag, tag.substr(2)}) {
        const http::Response response = conditional(tags);
        BOOST_TEST(response.status == 304, tags);
        BOOST_TEST(response.body.empty());
        BOOST_TEST(response.content_type.empty());
        BOOST_TEST(field(response, "ETag") == tag);
    }
    BOOST_TEST(conditional(R"(W/"other")").status == 200);
    provider.sql("update users set name = 'Test Person' where id = 30");
    BOOST_TEST(conditional(tag).status == 200);
    BOOST_TEST(field(provider.get(path), "ETag") != tag);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
