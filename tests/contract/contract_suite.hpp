// What the contract tests share: examples as rows, run on every database.
#pragma once

#include <ostream>
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/in_process_server.hpp"

namespace innergate::test {

/// A request target and the answer it must get, byte for byte.
struct Example {
    std::string name;
    std::string target;
    int status = 200;
    std::string body;

    friend std::ostream& operator<<(std::ostream& out, const Example& example) {
        return out << example.name;
    }
};

inline void check(const http::Response& response, int status, const std::string& body) {
    BOOST_TEST(response.status == status);
    BOOST_TEST(response.body == body);
    BOOST_TEST(response.content_type == "application/json");
}

}  // namespace innergate::test
