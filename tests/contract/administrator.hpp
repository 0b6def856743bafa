// An administrator's calls on demo data of a test's own.
#pragma once

#include <string>

#include "tests/contract/portal_suite.hpp"

namespace innergate::test {

/// JSON with the administrator's token, unless something else is said.
[[nodiscard]] inline Call administrators_call(
    http::Method method,
    const std::string& target,
    const std::string& body = {},
    const std::string& content_type = "application/json"
) {
    Call call = portal_call(method, target, body);
    call.content_type = content_type;
    return call;
}

struct Administrator : Portal {
    Administrator(settings::PoolName pool, db::Dialect dialect) : Portal(dialect, pool) {}

    [[nodiscard]] http::Response send(
        http::Method method,
        const std::string& target,
        const std::string& body = {},
        const std::string& content_type = "application/json"
    ) {
        return server.answer(administrators_call(method, target, body, content_type));
    }
};

/// Done, and nothing said.
inline void check_no_content(const http::Response& response) {
    BOOST_TEST(response.status == 204);
    BOOST_TEST(response.body.empty());
    BOOST_TEST(response.content_type.empty());
}

}  // namespace innergate::test
