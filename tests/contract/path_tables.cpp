#include "handlers/path_tables.hpp"

#include <array>
#include <set>

#include <boost/test/unit_test.hpp>

#include "app/auth/kas_jwt.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/json/reader.hpp"
#include "handlers/policies/agent_token.hpp"
#include "handlers/policies/error_tracking_token.hpp"
#include "handlers/policies/personal_access_token.hpp"
#include "handlers/policies/scim_token.hpp"

namespace innergate::handlers {
namespace {

constexpr std::array kPools{settings::PoolName::internal, settings::PoolName::public_};

/// What a policy yields when it admits.
auth::Caller caller_of(const auth::Policy& policy) {
    if (&policy == &auth::kShellJwt) {
        return auth::ShellCaller{};
    }
    if (&policy == &auth::kKasJwt) {
        return auth::KasCaller{};
    }
    if (&policy == &policies::kAgentToken) {
        return auth::AgentCaller{};
    }
    if (&policy == &policies::kErrorTrackingToken) {
        return auth::ErrorTrackingCaller{};
    }
    if (&policy == &policies::kPersonalAccessToken || &policy == &policies::kAdministratorToken ||
        &policy == &policies::kSaasAdministratorToken) {
        return auth::UserCaller{};
    }
    if (&policy == &policies::kScimToken) {
        return auth::ScimCaller{};
    }
    return auth::Anonymous{};
}

bool reads(http::Method method) {
    return method == http::Method::get;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the declarations are nested.
void check_lists(std::span<const params::Description> parameters) {
    for (const params::Description& parameter : parameters) {
        BOOST_TEST((parameter.max_elements > 0) == params::is_list(parameter.type), parameter.name);
        check_lists(parameter.members);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(every_list_has_its_limit) {
    for (const settings::PoolName pool : kPools) {
        const routing::PathTable table = path_table(pool);
        for (const routing::Route* const route : table.routes()) {
            BOOST_TEST_CONTEXT(route->pattern) {
                check_lists(route->operation.parameters);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_row_is_described) {
    for (const settings::PoolName pool : kPools) {
        const routing::PathTable table = path_table(pool);
        for (const routing::Route* const route : table.routes()) {
            BOOST_TEST_CONTEXT(route->pattern) {
                BOOST_TEST(!route->summary.empty());
                BOOST_TEST(!route->auth.description.empty());
                BOOST_REQUIRE(!route->answers.empty());
                BOOST_TEST(route->answers.front().status == route->success_status);
                for (const routing::Answer& answer : route->answers) {
                    BOOST_TEST(!answer.when.empty());
                    const bool is_json = route->content_type.ends_with("json") &&
                                         answer.status != 204 && answer.status != 304;
                    BOOST_TEST(
                        (!is_json || json::parse(answer.example).has_value()), answer.example
                    );
                }
                for (const params::Description& parameter : route->operation.parameters) {
                    BOOST_TEST(!parameter.name.empty());
                    BOOST_TEST(!parameter.doc.empty());
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(handlers_get_the_caller_their_policy_yields) {
    for (const settings::PoolName pool : kPools) {
        const routing::PathTable table = path_table(pool);
        for (const routing::Route* const route : table.routes()) {
            BOOST_TEST(route->operation.accepts(caller_of(route->auth)), route->pattern);
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_that_writes_is_open) {
    for (const settings::PoolName pool : kPools) {
        const routing::PathTable table = path_table(pool);
        for (const routing::Route* const route : table.routes()) {
            BOOST_TEST((reads(route->method) || &route->auth != &auth::kNone), route->pattern);
        }
    }
}

BOOST_AUTO_TEST_CASE(public_pool_knows_nothing_internal) {
    const routing::PathTable table = path_table(settings::PoolName::public_);
    for (const routing::Route* const route : table.routes()) {
        BOOST_TEST(route->pattern.find("internal") == std::string_view::npos);
    }
}

BOOST_AUTO_TEST_CASE(open_routes_are_the_operators) {
    for (const auto& [pool, operators] :
         {std::pair{settings::PoolName::internal, "/-/"},
          std::pair{settings::PoolName::public_, "/-/public/"}}) {
        const routing::PathTable table = path_table(pool);
        for (const routing::Route* const route : table.routes()) {
            const bool is_open = &route->auth == &auth::kNone;
            BOOST_TEST(is_open == route->pattern.starts_with(operators), route->pattern);
            BOOST_TEST(is_open == route->pattern.starts_with("/-/"), route->pattern);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers
