// Many clients buy and move compute packs at once: no pack is lost, and none is there twice.
#include <algorithm>
#include <functional>
#include <set>
#include <thread>

#include "tests/contract/minutes/packs_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr std::size_t kClients = 32;
const Timeouts kPatient{
    .busy = std::chrono::seconds{120}, .statement = std::chrono::milliseconds{120'000}};

/// As many clients at once, each with a server of its own. They must not use Boost.Test.
void at_once(
    TestDatabase& database, const std::function<void(std::size_t client, PacksServer& server)>& call
) {
    std::vector<std::thread> threads;
    threads.reserve(kClients);
    for (std::size_t client = 0; client < kClients; ++client) {
        threads.emplace_back([&database, &call, client] {
            PacksServer server{database, kPatient};
            call(client, server);
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(packs_at_once)

BOOST_DATA_TEST_CASE(same_purchases_are_one, data::make(dialects()), dialect) {
    Packs bought{dialect};
    std::vector<http::Response> answers(kClients);
    at_once(bought.database, [&answers](std::size_t client, PacksServer& server) {
        const int minutes = static_cast<int>(client);
        std::vector<std::string> given{pack("a", minutes), pack("b", minutes), pack("c", minutes)};
        // In another order each: none must wait for one that waits for it.
        std::ranges::rotate(given, given.begin() + static_cast<std::ptrdiff_t>(client % 3));
        answers[client] = server.create("123", packs(given));
    });
    std::set<std::string> minutes;
    for (const http::Response& response : answers) {
        BOOST_TEST(response.status == 201, response.body);
    }
    for (const char* const xid : {"a", "b", "c"}) {
        const std::string one = bought.database.look(fmt::format(
            "select number_of_minutes from ci_minutes_additional_packs where purchase_xid = '{}'",
            xid
        ));
        const std::string element = kept(123, xid, std::stoi(one));
        for (const http::Response& response : answers) {
            BOOST_TEST(response.body.find(element) != std::string::npos, response.body);
        }
        minutes.insert(one);
    }
    BOOST_TEST(minutes.size() == 1U, "one request stored all of them");
    BOOST_TEST(bought.database.look("select count(*) from ci_minutes_additional_packs") == "3");
}

BOOST_DATA_TEST_CASE(one_of_two_namespaces_gets_the_purchase, data::make(dialects()), dialect) {
    constexpr std::size_t kPurchases = 20;
    Packs bought{dialect};
    std::vector<http::Response> answers(kClients * kPurchases);
    at_once(bought.database, [&answers](std::size_t client, PacksServer& server) {
        for (std::size_t number = 0; number < kPurchases; ++number) {
            const std::string contested = fmt::format("contested-{}", number);
            const std::string own = fmt::format("of-{}-{}", client, number);
            answers[client * kPurchases + number] =
                server.create(client % 2 == 0 ? "123" : "321", packs({pack(contested), pack(own)}));
        }
    });
    for (std::size_t number = 0; number < kPurchases; ++number) {
        const std::string winner = bought.database.look(fmt::format(
            "select namespace_id from ci_minutes_additional_packs "
            "where purchase_xid = 'contested-{}'",
            number
        ));
        for (std::size_t client = 0; client < kClients; ++client) {
            const http::Response& response = answers[client * kPurchases + number];
            const bool has_won = winner == (client % 2 == 0 ? "123" : "321");
            BOOST_TEST(response.status == (has_won ? 201 : 400));
            BOOST_TEST((has_won || response.body == kUnable), response.body);
        }
    }
    // Of those who lost, nothing was stored.
    BOOST_TEST(
        bought.database.look("select count(*) from ci_minutes_additional_packs") ==
        std::to_string(kPurchases + kPurchases * kClients / 2)
    );
}

BOOST_DATA_TEST_CASE(moves_both_ways_lose_nothing, data::make(dialects()), dialect) {
    constexpr std::size_t kTimes = 10;
    Packs bought{dialect};
    std::vector<http::Response> answers(kClients * kTimes);
    at_once(bought.database, [&answers](std::size_t client, PacksServer& server) {
        for (std::size_t time = 0; time < kTimes; ++time) {
            const std::string one = fmt::format("a-{}-{}", client, time);
            const std::string two = fmt::format("b-{}-{}", client, time);
            http::Response& answer = answers[client * kTimes + time];
            switch (client % 4) {
                case 0:
                    answer = server.move("123", "321");
                    break;
                case 1:
                    answer = server.move("321", "123");
                    break;
                case 2:
                    answer = server.create("123", packs({pack(one), pack(two)}));
                    break;
                default:
                    answer = server.create("321", packs({pack(two), pack(one)}));
                    break;
            }
        }
    });
    for (std::size_t index = 0; index < answers.size(); ++index) {
        const bool is_move = index / kTimes % 4 < 2;
        BOOST_TEST(answers[index].status == (is_move ? 202 : 201), answers[index].body);
    }
    const std::string count = std::to_string(kClients / 2 * kTimes * 2);
    BOOST_TEST(
        bought.database.look("select count(*) from ci_minutes_additional_packs "
                             "where namespace_id in (123, 321)") == count
    );
    BOOST_TEST(
        bought.database.look("select sum(number_of_minutes) from ci_minutes_additional_packs") ==
        count + "0"
    );
    // What is in one place after the last move is all in that place.
    BOOST_TEST(bought.server.move("321", "123").status == 202);
    BOOST_TEST(
        bought.database.look("select distinct namespace_id from ci_minutes_additional_packs") ==
        "123"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
