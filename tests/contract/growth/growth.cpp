// The work that a request makes grows with what it brings, not with its square: for every row of
// both path tables, by what the row declares. A new row is among them without being named here.
#include <array>
#include <ostream>

#include <boost/test/data/test_case.hpp>
#include <fmt/format.h>

#include "tests/contract/growth/world.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr std::size_t kMostElements = 4096;
constexpr std::size_t kMostBytes = std::size_t{1024} * 1024;

std::size_t most_bytes(const routing::Route& route, std::size_t declared) {
    constexpr std::size_t kForTheRest = 4096;
    const std::size_t of_body = std::min(route.max_body_bytes - kForTheRest, kMostBytes);
    return declared == 0 ? of_body : std::min(of_body, declared);
}

/// Something that may stand in any request, of so many parts.
struct Filler {
    std::string_view name;
    std::string_view content_type;
    std::string (*part)(std::size_t number) = nullptr;
};

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

constexpr std::array kFillers{
    Filler{
        "members that no rule knows",
        kJson,
        [](std::size_t number) { return fmt::format(R"(,"u{}":1)", number); }},
    Filler{
        "one member again and again", kJson, [](std::size_t) { return std::string{R"(,"s":1)"}; }},
    Filler{
        "parameters of a form",
        kForm,
        [](std::size_t number) { return fmt::format("&f{}=1", number); }},
    Filler{
        "members of a form's parameter",
        kForm,
        [](std::size_t number) { return fmt::format("&f[m{}]=1", number); }},
    Filler{
        "elements of a form's list", kForm, [](std::size_t) { return std::string{"&f[][m]=1"}; }},
    Filler{
        "members of one element of a form's list",
        kForm,
        [](std::size_t number) { return fmt::format("&f[][m{}]=1", number); }},
};

std::string parts(const Filler& filler, std::size_t count) {
    std::string text;
    for (std::size_t number = 0; number < count; ++number) {
        text += filler.part(number);
    }
    return text;
}

std::string filled(const std::string& sample, const Filler& filler, std::size_t count) {
    if (filler.content_type == kForm) {
        return "f0=1" + parts(filler, count);
    }
    std::string body = sample;
    body.pop_back();
    return (body == "{" ? R"({"s":0)" : body) + parts(filler, count) + "}";
}

void check_lists_and_texts(const routing::Route& route, settings::PoolName pool) {
    const auto growing = growing_parameters(route);
    if (growing.empty()) {
        return;
    }
    World world{pool};
    add_rows(world.database);
    for (const GrowingParameter& parameter : growing) {
        const bool is_list = params::is_list(parameter.type);
        const std::size_t most =
            is_list ? std::min(parameter.most, kMostElements) : most_bytes(route, parameter.most);
        check_growth(world, parameter.path, most, [&](std::size_t elements, std::size_t salt) {
            Call call = world.call(route);
            call.body =
                sample_of(route, {.grown = parameter.path, .elements = elements, .salt = salt});
            return call;
        });
        // Else the list was not worked through, and nothing is proved: samples.cpp lacks a value.
        BOOST_TEST(
            (!is_list || world.last.status == route.success_status),
            parameter.path << ": " << world.last.status << " " << world.last.body
        );
    }
}

void check_fillers(const routing::Route& route, settings::PoolName pool) {
    World world{pool};
    const std::string sample = sample_of(route, {});
    // As long as the longest part.
    constexpr std::size_t kPart = 14;
    for (const Filler& filler : kFillers) {
        const std::size_t most =
            std::min(kMostElements, (route.max_body_bytes - sample.size()) / kPart - 1);
        check_growth(world, filler.name, most, [&](std::size_t elements, std::size_t) {
            Call call = world.call(route);
            if (filler.content_type == kForm) {
                call.content_type = kForm;
            }
            call.body = filled(sample, filler, elements);
            return call;
        });
        BOOST_TEST(world.last.status != 413, filler.name);
    }
    check_growth(world, "query", 1024, [&](std::size_t elements, std::size_t) {
        Call call = world.call(route);
        call.target += "?f=1" + parts(kFillers[2], elements);
        return call;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(growth)

BOOST_DATA_TEST_CASE(lists_and_texts, data::make(kPoolNames), name) {
    const settings::PoolName pool = pool_named(name);
    for_each_route(pool, [pool](const routing::Route& route) {
        check_lists_and_texts(route, pool);
    });
}

BOOST_DATA_TEST_CASE(what_no_rule_knows, data::make(kPoolNames), name) {
    const settings::PoolName pool = pool_named(name);
    for_each_route(pool, [pool](const routing::Route& route) { check_fillers(route, pool); });
}

// A test that cannot fail proves nothing.
BOOST_AUTO_TEST_CASE(squares_and_statements_are_noticed) {
    constexpr std::size_t kElements = 256;
    const auto work = [](double per_pair, double statements, std::size_t elements) {
        const auto count = static_cast<double>(elements);
        return Work{
            .statements = statements * count,
            .database_steps = per_pair * count * count,
            .allocations = count,
            .allocated_bytes = 100 * count,
            .processor_seconds = 0.001 + per_pair * 1e-6 * count * count,
        };
    };
    const auto fault = [&](double per_pair, double statements) {
        return excess(
            work(per_pair, statements, 1),
            work(per_pair, statements, kElements),
            work(per_pair, statements, kElements * kGrowth),
            kElements
        );
    };
    BOOST_TEST(fault(0, 0).empty(), fault(0, 0));
    const std::string squares = fault(1, 0);
    BOOST_TEST(squares.find("database steps") != std::string::npos, squares);
    BOOST_TEST(squares.find("processor seconds") != std::string::npos, squares);
    BOOST_TEST(fault(0, 1).starts_with("statements"), fault(0, 1));
}

BOOST_AUTO_TEST_CASE(work_is_counted) {
    World world{settings::PoolName::internal};
    const routing::PathTable table = handlers::path_table(settings::PoolName::internal);
    Call call;
    call.target = "/api/v4/internal/discover?key_id=11";
    call.headers = {{"Gitlab-Shell-Api-Request", world.server.shell_jwt()}};
    static_cast<void>(world.measure(call));
    const Work work = world.measure(call);
    BOOST_TEST(world.last.status == 200);
    BOOST_TEST(work.statements > 0);
    BOOST_TEST(work.database_steps > 0);
    BOOST_TEST(work.allocations > 0);
    BOOST_TEST(work.allocated_bytes > work.allocations);
    BOOST_TEST(work.processor_seconds > 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
