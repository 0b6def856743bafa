#include "handlers/stores/billing/compute_pack_store.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <functional>
#include <memory>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/db/session.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using handlers::ComputePack;
using handlers::ComputePackStore;

const Date kToday = std::chrono::year{2026} / 1 / 15;
const Timestamp kNow = kToday;
constexpr NamespaceId kOne{1};
constexpr NamespaceId kOther{2};
constexpr NamespaceId kGone{999};

constexpr int kBuyers = 8;
constexpr int kRounds = 4;
constexpr std::size_t kPurchases = 1000;

struct Groups : StoreDatabase {
    explicit Groups(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into namespaces (id, type, name, path) values (1, 'Group', 'a', 'a')",
               "insert into namespaces (id, type, name, path) values (2, 'Group', 'b', 'b')"}
          ) {}

    /// `x/1 y/2`
    std::string packs() {
        return database.look(
            "select purchase_xid || '/' || namespace_id from ci_minutes_additional_packs "
            "order by purchase_xid"
        );
    }

    ComputePackStore store{session};
};

std::vector<ComputePack> named(const std::vector<std::string>& names) {
    std::vector<ComputePack> packs;
    packs.reserve(names.size());
    for (const std::string& name : names) {
        packs.push_back({.purchase_xid = name, .number_of_minutes = 1, .expires_at = kToday});
    }
    return packs;
}

/// A store on a session of its own, which is open.
struct Buyer {
    explicit Buyer(TestDatabase& database)
        : session(
              database.options(
                  {.busy = std::chrono::seconds{120},
                   .statement = std::chrono::milliseconds{120'000}}
              ),
              usage
          ) {
        session.ping();
    }

    db::Usage usage;
    db::Session session;
    ComputePackStore store{session};
};

/// All buyers the same packs, each beginning with another one.
void buy_often(
    Buyer& buyer, int number, std::barrier<>& begin_of_round, std::atomic<int>& failures
) {
    for (int round = 0; round < kRounds; ++round) {
        std::vector<std::string> names;
        names.reserve(kPurchases);
        for (std::size_t purchase = 0; purchase < kPurchases; ++purchase) {
            names.push_back(fmt::format("{}-{}", round, purchase));
        }
        std::ranges::rotate(
            names, names.begin() + static_cast<std::ptrdiff_t>(kPurchases) * number / kBuyers
        );
        const std::vector<ComputePack> packs = named(names);
        begin_of_round.arrive_and_wait();
        try {
            const auto saved = buyer.store.save(kOne, packs, kNow);
            if (!saved || saved->size() != kPurchases) {
                ++failures;
            }
        } catch (const std::exception&) {
            ++failures;
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compute_pack_store)

BOOST_DATA_TEST_CASE(one_of_another_namespace_and_none_is_kept, dialects(), dialect) {
    Groups groups{dialect};
    BOOST_TEST(groups.store.save(kOne, named({"x"}), kNow).has_value());
    BOOST_TEST(!groups.store.save(kOther, named({"w", "x", "y"}), kNow).has_value());
    BOOST_TEST(groups.packs() == "x/1");
    BOOST_TEST(groups.store.save(kOther, named({"w", "y"}), kNow).has_value());
    BOOST_TEST(groups.packs() == "w/2 x/1 y/2");
}

BOOST_DATA_TEST_CASE(namespace_that_is_gone, dialects(), dialect) {
    Groups groups{dialect};
    BOOST_TEST(groups.store.save(kOne, named({"x"}), kNow).has_value());
    BOOST_TEST(!groups.store.save(kGone, named({"y"}), kNow).has_value());
    BOOST_TEST(!groups.store.move(kOne, kGone, kNow));
    BOOST_TEST(groups.store.move(kGone, kOne, kNow));
    BOOST_TEST(groups.packs() == "x/1");
    BOOST_TEST(groups.store.move(kOne, kOther, kNow));
    BOOST_TEST(groups.packs() == "x/2");
}

// Each waits for what another is about to store; none for one that waits for it.
BOOST_DATA_TEST_CASE(long_lists_at_once_do_not_lock_each_other_out, dialects(), dialect) {
    Groups groups{dialect};
    std::vector<std::unique_ptr<Buyer>> buyers;
    for (int number = 0; number < kBuyers; ++number) {
        buyers.push_back(std::make_unique<Buyer>(groups.database));
    }
    std::atomic<int> failures{0};
    std::barrier<> begin_of_round{kBuyers};
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < kBuyers; ++number) {
            threads.emplace_back(
                buy_often,
                std::ref(*buyers[static_cast<std::size_t>(number)]),
                number,
                std::ref(begin_of_round),
                std::ref(failures)
            );
        }
    }
    BOOST_TEST(failures == 0);
    BOOST_TEST(
        groups.database.look("select count(*) from ci_minutes_additional_packs") ==
        std::to_string(kPurchases * kRounds)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
