// What can grow in documents whose members no row declares: those of SCIM, and the configuration
// files of agents.
#include <array>
#include <ostream>

#include <boost/test/data/test_case.hpp>
#include <fmt/format.h>

#include "tests/contract/growth/world.hpp"
#include "tests/contract/kubernetes/agent_server.hpp"
#include "tests/contract/scim/provider.hpp"

namespace innergate::test {
namespace {

using settings::PoolName;

struct GrowingDocument {
    std::string_view name;
    PoolName pool = PoolName::public_;
    http::Method method = http::Method::get;
    std::string_view target;
    std::size_t most = 0;
    std::string_view before;  ///< the parts
    std::string (*part)(std::size_t number, std::size_t salt) = nullptr;
    std::string_view separator = ",";
    std::string_view after = {};
    int status = 200;
    bool is_query = false;

    friend std::ostream& operator<<(std::ostream& out, const GrowingDocument& document) {
        return out << document.name;
    }
};

constexpr std::string_view kUser =
    "/api/scim/v2/groups/test_group/Users/0b1d561c-21ff-4092-beab-8154b17f82f2";
constexpr std::string_view kUsers = "/api/scim/v2/groups/test_group/Users";

constexpr std::array kDocuments{
    GrowingDocument{
        .name = "operations on ids",
        .method = http::Method::patch,
        .target = kUser,
        .most = 1000,
        .before = R"({"Operations":[)",
        .part =
            [](std::size_t number, std::size_t salt) {
                return fmt::format(
                    R"({{"op":"replace","path":"externalId","value":"i{}-{}"}})", salt, number
                );
            },
        // Back, so that the next one finds the user.
        .after =
            R"(,{"op":"replace","path":"externalId","value":"0b1d561c-21ff-4092-beab-8154b17f82f2"}]})",
        .status = 204,
    },
    GrowingDocument{
        .name = "members of an operation",
        .method = http::Method::patch,
        .target = kUser,
        .most = 4096,
        .before = R"({"Operations":[{"op":"replace","value":{)",
        .part = [](std::size_t number, std::size_t) { return fmt::format(R"("m{}":1)", number); },
        .after = "}}]}",
        .status = 204,
    },
    GrowingDocument{
        .name = "addresses of a new user",
        .method = http::Method::post,
        .target = kUsers,
        .most = 4096,
        .before = R"({"userName":"jane","emails":[)",
        .part = [](std::size_t number, std::size_t salt
                ) { return fmt::format(R"({{"value":"u{}-{}@example.com"}})", salt, number); },
        .after = R"(,{"value":"test_user@example.com","type":"work","primary":true}]})",
        .status = 0,
    },
    GrowingDocument{
        .name = "conditions of a filter",
        .target = kUsers,
        .most = 128,
        .before = "?filter=",
        .part = [](std::size_t number,
                   std::size_t) { return fmt::format("userName%20eq%20%22u{}%22", number); },
        .separator = "%20or%20",
        .is_query = true,
    },
    GrowingDocument{
        .name = "attributes to be shown",
        .target = kUsers,
        .most = 1024,
        .before = "?attributes=",
        .part = [](std::size_t number, std::size_t) { return fmt::format("name{}", number); },
        .is_query = true,
    },
    GrowingDocument{
        .name = "projects of an agent's configuration",
        .pool = PoolName::internal,
        .method = http::Method::post,
        .target = "/api/v4/internal/kubernetes/agent_configuration",
        .most = 4096,
        .before = R"({"agent_id":1,"agent_config":{"ci_access":{"projects":[)",
        .part = [](std::size_t number, std::size_t salt
                ) { return fmt::format(R"({{"id":"gitlab-org/p{}-{}"}})", salt, number); },
        .after = "]}}}",
        .status = 204,
    },
};

Call call_of(
    const GrowingDocument& document,
    const InProcessServer& server,
    std::size_t elements,
    std::size_t salt
) {
    std::string text{document.before};
    for (std::size_t number = 0; number < elements; ++number) {
        text += number == 0 ? "" : document.separator;
        text += document.part(number, salt);
    }
    text += document.after;
    Call call;
    call.method = document.method;
    call.target = std::string{document.target} + (document.is_query ? text : "");
    call.content_type = "application/json";
    call.body = document.is_query ? "" : text;
    call.headers = {
        {"Gitlab-Kas-Api-Request", server.kas_jwt()},
        {"Authorization", std::string{"Bearer "} + kGroupToken}};
    return call;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(growth_of_documents)

BOOST_DATA_TEST_CASE(documents, boost::unit_test::data::make(kDocuments), document) {
    World world{document.pool};
    check_growth(world, document.name, document.most, [&](std::size_t elements, std::size_t salt) {
        return call_of(document, world.server, elements, salt);
    });
    BOOST_TEST(
        (document.status == 0 || world.last.status == document.status),
        world.last.status << " " << world.last.body
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
