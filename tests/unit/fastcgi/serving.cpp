// Well-behaved peers: what goes in arrives, what comes out is complete, and many share a few
// threads.
#include <algorithm>
#include <mutex>
#include <set>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

BOOST_FIXTURE_TEST_SUITE(serving, PoolFixture)

BOOST_AUTO_TEST_CASE(request_arrives_as_values) {
    start([](const http::Request& request) {
        const auto or_none = [](std::optional<std::string_view> value) {
            return std::string{value.value_or("none")};
        };
        return text(
            std::string{request.method_name} + "|" + std::string{request.target} + "|" +
            std::string{request.content_type} + "|" + std::string{request.remote_address} + "|" +
            or_none(request.header("X-Request-Id")) + "|" + or_none(request.header("Empty")) + "|" +
            std::to_string(request.headers.size())
        );
    });
    FastcgiRequest request = post("/a%2Fb?c=d", "x");
    request.params = {
        {"CONTENT_TYPE", "application/json"},
        {"REMOTE_ADDR", "192.0.2.1"},
        {"HTTP_X_REQUEST_ID", "one"},
        {"HTTP_EMPTY", ""},
        {"HTTP_X_REQUEST_ID", "two"},
        {"DOCUMENT_URI", "/a/b"},
    };
    BOOST_TEST(ask(request) == "200 POST|/a%2Fb?c=d|application/json|192.0.2.1|one|none|2");
}

BOOST_AUTO_TEST_CASE(answer_is_complete) {
    start([](const http::Request&) {
        http::Response response;
        response.status = 201;
        response.body = R"({"id":7})";
        response.headers = {{"X-Request-Id", "abc"}};
        return response;
    });
    FastcgiClient client = connect();
    const std::optional<FastcgiReply> reply = client.exchange(get("/"));
    BOOST_REQUIRE(reply);
    const support::FastcgiParams expected{
        {"Status", "201 Created"},
        {"X-Request-Id", "abc"},
        {"Content-Type", "application/json"},
        {"Content-Length", "8"},
    };
    BOOST_TEST((reply->headers == expected));
    BOOST_TEST(reply->body == R"({"id":7})");
}

BOOST_AUTO_TEST_CASE(large_answer_is_complete) {
    std::string large(3'000'000, 'x');
    large.back() = '!';
    start([&large](const http::Request&) { return text(large); });
    BOOST_TEST((ask(get("/")) == "200 " + large));
}

BOOST_AUTO_TEST_CASE(header_values_cannot_add_fields) {
    start([](const http::Request&) {
        http::Response response = text("body");
        response.headers = {
            {"X-Value", "one\r\nX-Injected: two\r\n\r\nbody"},
            {"X-Bad\r\nX-Injected", "three"},
            {"Status", "302 Found"},
            {"Content-Length", "0"},
        };
        return response;
    });
    FastcgiClient client = connect();
    const std::optional<FastcgiReply> reply = client.exchange(get("/"));
    BOOST_REQUIRE(reply);
    const support::FastcgiParams expected{
        {"Status", "200 OK"},
        {"X-Value", "one  X-Injected: two    body"},
        {"Content-Type", "text/plain"},
        {"Content-Length", "4"},
    };
    BOOST_TEST((reply->headers == expected));
    BOOST_TEST(reply->body == "body");
}

BOOST_AUTO_TEST_CASE(kept_connection_serves_request_after_request) {
    start();
    FastcgiClient client = connect();
    BOOST_TEST(summary(client.exchange(get("/one"))) == "200 GET /one");
    BOOST_TEST(summary(client.exchange(get("/two"))) == "200 GET /two");
    BOOST_TEST(summary(client.exchange(post("/read", "body"))) == "200 body");
    BOOST_TEST(summary(client.exchange(get("/four"))) == "200 GET /four");
    BOOST_TEST(pool().open_connections() == 1U);
}

BOOST_AUTO_TEST_CASE(connection_is_closed_when_the_peer_does_not_keep_it) {
    start();
    FastcgiClient client = connect();
    FastcgiRequest request = get("/");
    request.keeps_connection = false;
    BOOST_TEST(summary(client.exchange(request)) == "200 GET /");
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(records_may_arrive_byte_by_byte) {
    start();
    FastcgiClient client = connect();
    for (const std::string& bytes : {encode(post("/read", "split body")), encode(get("/next"))}) {
        for (const char byte : bytes) {
            BOOST_REQUIRE(client.send(std::string_view{&byte, 1}));
        }
        BOOST_TEST(client.receive().has_value());
    }
    BOOST_TEST(summary(client.exchange(get("/after"))) == "200 GET /after");
}

BOOST_AUTO_TEST_CASE(streams_may_be_cut_into_many_records) {
    start();
    std::string params;
    for (const auto& [name, value] : params_of(post("/read", "0123456789"))) {
        params += support::encode_param(name, value);
    }
    FastcgiClient client = connect();
    const std::string bytes = support::encode_begin(true) +
                              encode_stream(support::RecordType::params, params, 3) +
                              encode_stream(support::RecordType::standard_input, "0123456789", 1);
    BOOST_REQUIRE(client.send(bytes));
    BOOST_TEST(summary(client.receive()) == "200 0123456789");
}

BOOST_AUTO_TEST_CASE(records_may_be_padded) {
    start();
    std::string params;
    for (const auto& [name, value] : params_of(post("/read", "body"))) {
        params += support::encode_param(name, value);
    }
    FastcgiClient client = connect();
    const std::string bytes = support::encode_begin(true) +
                              encode_record(support::RecordType::params, params, 255) +
                              encode_record(support::RecordType::params, "") +
                              encode_record(support::RecordType::standard_input, "body", 4) +
                              encode_record(support::RecordType::standard_input, "");
    BOOST_REQUIRE(client.send(bytes));
    BOOST_TEST(summary(client.receive()) == "200 body");
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_AUTO_TEST_CASE(sixty_four_kept_connections_share_four_threads) {
    options.threads = 4;
    start();
    std::vector<FastcgiClient> clients;
    clients.reserve(64);
    for (int count = 0; count < 64; ++count) {
        clients.push_back(connect());
    }
    for (int round = 0; round < 3; ++round) {
        // One after the other, so that 63 are idle; then all at once.
        for (FastcgiClient& client : clients) {
            BOOST_REQUIRE(summary(client.exchange(get("/idle"))) == "200 GET /idle");
        }
        std::ranges::reverse(clients);
        for (FastcgiClient& client : clients) {
            BOOST_REQUIRE(client.send(get("/busy")));
        }
        for (FastcgiClient& client : clients) {
            BOOST_REQUIRE(summary(client.receive()) == "200 GET /busy");
        }
    }
    BOOST_TEST(pool().open_connections() == 64U);
}

// A busy connection sends its next request at once, so there is always one that waits.
BOOST_AUTO_TEST_CASE(connections_that_come_together_are_accepted_together) {
    constexpr std::size_t kBusy = 4;
    constexpr std::size_t kNew = 16;
    Gate gate;
    std::mutex mutex;
    std::vector<FastcgiClient> busy;
    std::size_t new_answers = 0;
    std::size_t busy_answers = 0;
    start([&](const http::Request& request) {
        const std::string target{request.target};
        if (target == "/wait") {
            gate.wait();
            return text("");
        }
        const std::lock_guard lock{mutex};
        if (target == "/new") {
            ++new_answers;
        } else if (target.starts_with("/busy") && new_answers < kNew) {
            ++busy_answers;
            busy.at(std::stoul(target.substr(5))).send(get(target));
        }
        return text("");
    });
    {
        const std::lock_guard lock{mutex};
        for (std::size_t index = 0; index < kBusy; ++index) {
            busy.push_back(connect());
        }
    }
    for (FastcgiClient& client : busy) {
        BOOST_REQUIRE(client.exchange(get("/first")).has_value());
    }
    FastcgiClient holder = connect();
    holder.send(get("/wait"));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    std::vector<FastcgiClient> others;
    for (std::size_t index = 0; index < kNew; ++index) {
        others.push_back(connect());
        others.back().send(get("/new"));
    }
    for (std::size_t index = 0; index < kBusy; ++index) {
        busy.at(index).send(get("/busy" + std::to_string(index)));
    }
    gate.open();
    for (FastcgiClient& client : others) {
        BOOST_REQUIRE(client.receive().has_value());
    }
    end();
    BOOST_TEST(busy_answers <= 2 * kBusy);
    BOOST_TEST(busy_answers >= kBusy);  // they were there
}

BOOST_AUTO_TEST_CASE(silent_connections_hold_no_thread) {
    start();
    std::vector<FastcgiClient> silent;
    silent.reserve(8);
    for (int count = 0; count < 8; ++count) {
        silent.push_back(connect());
    }
    BOOST_TEST(ask(get("/")) == "200 GET /");
    BOOST_TEST(summary(silent.front().exchange(get("/late"))) == "200 GET /late");
}

BOOST_AUTO_TEST_CASE(slow_request_holds_one_thread_only) {
    options.threads = 2;
    Gate gate;
    start([&gate](const http::Request& request) {
        if (request.target == "/wait") {
            gate.wait();
        }
        return describe(request);
    });
    FastcgiClient slow = connect();
    BOOST_REQUIRE(slow.send(get("/wait")));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    BOOST_TEST(pool().threads_busy() >= 1U);
    FastcgiClient fast = connect();
    for (int count = 0; count < 20; ++count) {
        BOOST_REQUIRE(summary(fast.exchange(get("/fast"))) == "200 GET /fast");
    }
    gate.open();
    BOOST_TEST(summary(slow.receive()) == "200 GET /wait");
}

BOOST_AUTO_TEST_CASE(threads_busy_counts_running_requests) {
    options.threads = 3;
    Gate gate;
    start([&gate](const http::Request& request) {
        gate.wait();
        return describe(request);
    });
    FastcgiClient first = connect();
    FastcgiClient second = connect();
    BOOST_REQUIRE(first.send(get("/")));
    BOOST_REQUIRE(second.send(get("/")));
    BOOST_REQUIRE(gate.wait_for_entered(2));
    BOOST_TEST(pool().threads() == 3U);
    BOOST_TEST(pool().threads_busy() >= 2U);
    gate.open();
    BOOST_TEST(first.receive().has_value());
    BOOST_TEST(second.receive().has_value());
}

BOOST_AUTO_TEST_CASE(requests_without_a_thread_are_counted_as_waiting) {
    options.threads = 1;
    Gate gate;
    start([&gate](const http::Request& request) {
        if (request.target == "/wait") {
            gate.wait();
        }
        return describe(request);
    });
    FastcgiClient idle = connect();
    FastcgiClient kept = connect();
    BOOST_REQUIRE(idle.exchange(get("/")).has_value());
    BOOST_REQUIRE(kept.exchange(get("/")).has_value());
    FastcgiClient running = connect();
    BOOST_REQUIRE(running.send(get("/wait")));
    BOOST_REQUIRE(gate.wait_for_entered(1));
    BOOST_TEST(pool().requests_waiting() == 0U);
    // Written to its socket when send() returns, and so readable.
    BOOST_REQUIRE(kept.send(get("/")));
    BOOST_TEST(pool().requests_waiting() == 1U);
    const FastcgiClient unaccepted = connect();
    const FastcgiClient unaccepted_too = connect();
    BOOST_TEST(pool().requests_waiting() == 2U);
    gate.open();
    BOOST_TEST(running.receive().has_value());
    BOOST_TEST(kept.receive().has_value());
}

BOOST_AUTO_TEST_CASE(escaped_exception_costs_one_request) {
    start([](const http::Request& request) -> http::Response {
        if (request.target == "/throw") {
            throw std::runtime_error{"secret detail"};
        }
        if (request.target == "/throw-number") {
            throw 7;  // NOLINT(hicpp-exception-baseclass): what no handler should do
        }
        return describe(request);
    });
    FastcgiClient client = connect();
    const std::string expected = R"(500 {"message":"500 Internal Server Error"})";
    BOOST_TEST(summary(client.exchange(get("/throw"))) == expected);
    BOOST_TEST(summary(client.exchange(get("/throw-number"))) == expected);
    BOOST_TEST(summary(client.exchange(post("/throw", std::string(20'000, 'x')))) == expected);
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
    BOOST_TEST(faults.count() == 3U);
}

BOOST_AUTO_TEST_CASE(each_thread_makes_its_own_answer) {
    options.threads = 4;
    std::mutex mutex;
    std::set<unsigned> indexes;
    std::set<std::thread::id> makers;
    bool is_answered_where_made = true;
    start_with([&](const WorkerThread& thread) {
        const std::thread::id maker = std::this_thread::get_id();
        const std::lock_guard lock{mutex};
        indexes.insert(thread.index);
        makers.insert(maker);
        return [&, maker](const http::Request& request) {
            const std::lock_guard answer_lock{mutex};
            is_answered_where_made = is_answered_where_made && maker == std::this_thread::get_id();
            return describe(request);
        };
    });
    for (int count = 0; count < 20; ++count) {
        BOOST_REQUIRE(ask(get("/")) == "200 GET /");
    }
    const std::lock_guard lock{mutex};
    BOOST_TEST((indexes == std::set<unsigned>{0, 1, 2, 3}));
    BOOST_TEST(makers.size() == 4U);
    BOOST_TEST(is_answered_where_made);
}

BOOST_AUTO_TEST_CASE(failing_factory_is_reported_by_start) {
    options.threads = 4;
    const auto fail_on_last = [](const WorkerThread& thread) -> Answer {
        if (thread.index == 3) {
            throw std::runtime_error{"no database"};
        }
        return describe;
    };
    BOOST_CHECK_THROW(start_with(fail_on_last), std::runtime_error);
    start_successor(describe);
    BOOST_TEST(ask(get("/")) == "200 GET /");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi
