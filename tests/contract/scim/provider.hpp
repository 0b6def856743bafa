// An identity provider's calls, with the demo data's tokens.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/json/reader.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

inline constexpr const char* kGroupToken = "innergate-demo-scim-group";
inline constexpr const char* kInstanceToken = "innergate-demo-scim-instance";
inline constexpr const char* kGroupBase = "/api/scim/v2/groups/test_group";
inline constexpr const char* kInstanceBase = "/api/scim/v2/application";
/// The demo data's one user, in both scopes.
inline constexpr const char* kTestUser = "0b1d561c-21ff-4092-beab-8154b17f82f2";

/// One of the two places where SCIM is mounted.
struct Mount {
    const char* name;
    const char* base;
    const char* token;

    friend std::ostream& operator<<(std::ostream& out, const Mount& mount) {
        return out << mount.name;
    }
};
inline const std::vector<Mount> kMounts{
    {"group", kGroupBase, kGroupToken}, {"instance", kInstanceBase, kInstanceToken}};

/// The envelope of an error, whole.
[[nodiscard]] inline std::string scim_error(
    int status, std::string_view detail, std::string_view scim_type = {}
) {
    std::string body = R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":)";
    json::Writer writer{body};
    writer.value(detail);
    body += fmt::format(R"(,"status":"{}")", status);
    if (!scim_type.empty()) {
        body += fmt::format(R"(,"scimType":"{}")", scim_type);
    }
    return body + "}";
}

/// A server on demo data that the test may change.
struct Provider {
    explicit Provider(db::Dialect dialect, const Mount& mount = kMounts.front())
        : database(dialect, Content::demo),
          server(settings::PoolName::public_, database),
          base(mount.base),
          token(mount.token) {
        server.settings.instance.external_url = "https://gitlab.example.com";
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    [[nodiscard]] std::string look(const std::string& query) { return database.look(query); }

    /// `path` below the mount.
    [[nodiscard]] http::Response send(
        http::Method method,
        const std::string& path,
        std::string body = {},
        std::vector<std::pair<std::string, std::string>> headers = {}
    ) {
        Call call;
        call.method = method;
        call.target = base + path;
        call.headers = std::move(headers);
        call.headers.emplace_back("Authorization", "Bearer " + token);
        call.content_type = body.empty() ? "" : "application/scim+json";
        call.body = std::move(body);
        return server.answer(call);
    }
    [[nodiscard]] http::Response get(const std::string& path) {
        return send(http::Method::get, path);
    }
    [[nodiscard]] http::Response post(const std::string& path, std::string body) {
        return send(http::Method::post, path, std::move(body));
    }
    /// One operation on the demo data's user, or on another one.
    [[nodiscard]] http::Response patch(
        std::string_view operation, std::string_view id = kTestUser
    ) {
        return send(
            http::Method::patch,
            fmt::format("/Users/{}", id),
            fmt::format(R"({{"Operations":[{}]}})", operation)
        );
    }

    TestDatabase database;
    InProcessServer server;
    std::string base;
    std::string token;
};

/// The value under that name; null for none.
[[nodiscard]] inline json::Value member(const http::Response& response, std::string_view name) {
    const auto document = json::parse(response.body);
    const json::Value* const value = document ? document->find(name) : nullptr;
    return value == nullptr ? json::Value{} : *value;
}
[[nodiscard]] inline std::string text(const http::Response& response, std::string_view name) {
    const json::Value value = member(response, name);
    return value.string() == nullptr ? "" : *value.string();
}
/// The ids of a list, with blanks between them.
[[nodiscard]] inline std::string listed(const http::Response& response) {
    std::string ids;
    const json::Value resources = member(response, "Resources");
    BOOST_TEST_REQUIRE(resources.array() != nullptr, response.body);
    for (const json::Value& resource : *resources.array()) {
        ids += (ids.empty() ? "" : " ") + *resource.find("id")->string();
    }
    return ids;
}
[[nodiscard]] inline std::string field(const http::Response& response, std::string_view name) {
    for (const http::ResponseField& header : response.headers) {
        if (header.name == name) {
            return header.value;
        }
    }
    return {};
}

inline void check_scim_error(
    const http::Response& response,
    int status,
    std::string_view detail,
    std::string_view scim_type = {}
) {
    BOOST_TEST(response.status == status);
    BOOST_TEST(response.body == scim_error(status, detail, scim_type));
    BOOST_TEST(response.content_type == "application/scim+json");
}

}  // namespace innergate::test
