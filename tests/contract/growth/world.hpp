// A server whose work is measured, request by request.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "app/routing/path_table.hpp"
#include "handlers/path_tables.hpp"
#include "tests/contract/growth/samples.hpp"
#include "tests/contract/growth/work.hpp"
#include "tests/support/in_process_server.hpp"

namespace innergate::test {

/// SQLite alone: PostgreSQL does its work elsewhere.
struct World {
    explicit World(settings::PoolName pool)
        : database(db::Dialect::sqlite, Content::demo), server(pool, database) {
        server.settings.storages["default"].gitaly_address = "unix:/run/gitaly.sock";
        server.holds_answers_to_document = false;
    }

    [[nodiscard]] Call call(const routing::Route& route) const {
        Call call;
        call.method = route.method;
        call.target = target_of(route);
        call.headers = credentials_of(route, server);
        call.content_type = route.body == routing::BodyKind::document ? "application/scim+json"
                                                                      : "application/json";
        return call;
    }

    [[nodiscard]] Work measure(const Call& call) {
        return work_of([&] { last = server.answer(call); }, [this] { return server.statements(); });
    }

    TestDatabase database;
    InProcessServer server;
    http::Response last;  ///< of measure()
    std::size_t salt = 0;
};

/// Has so many elements (or bytes). `salt` tells requests apart: equal ones may find all work done.
using MakeCall = std::function<Call(std::size_t elements, std::size_t salt)>;

/// Checks up to `most` elements or bytes.
inline void check_growth(
    World& world, std::string_view name, std::size_t most, const MakeCall& make
) {
    const std::size_t elements = std::max(most / kGrowth, std::size_t{1});
    const auto measure = [&](std::size_t count) {
        return world.measure(make(count, ++world.salt));
    };
    static_cast<void>(measure(1));  // prepares statements
    const Work one = measure(1);
    const Work some = measure(elements);
    const Work many = measure(elements * kGrowth);
    const std::string faults = excess(one, some, many, elements);
    BOOST_TEST(faults.empty(), name << " (" << world.last.status << "): " << faults);
}

/// For data test cases, which print what they run on.
inline constexpr std::array<std::string_view, 2> kPoolNames{"internal", "public"};
[[nodiscard]] inline settings::PoolName pool_named(std::string_view name) {
    return name == kPoolNames.front() ? settings::PoolName::internal : settings::PoolName::public_;
}

/// For each row of the pool.
template <class Use>
void for_each_route(settings::PoolName pool, const Use& use) {
    const routing::PathTable table = handlers::path_table(pool);
    for (const routing::Route* const route : table.routes()) {
        BOOST_TEST_CONTEXT(http::to_string(route->method) << " " << route->pattern) {
            use(*route);
        }
    }
}

}  // namespace innergate::test
