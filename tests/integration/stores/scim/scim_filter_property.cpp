// What filters find in the database, against the filter's own meaning, over random users and
// filters.
#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"
#include "tests/integration/stores/scim/scim_world.hpp"
#include "tests/support/insert_rows.hpp"

namespace innergate::test {
namespace {

namespace scim = handlers::domain::scim;
using handlers::ScimUserQuery;
using handlers::ScimUserStore;

constexpr int kUsers = 40;
constexpr int kFilters = 1'500;
constexpr unsigned kSeed = 7;

/// Texts that share beginnings, ends and letters, in both cases, with what means something to
/// `like`, to quoting, or to a collation.
constexpr std::array kTexts{
    "Jane", "jane", "JANE DOE", "Jane Doe", "doe",   "O'Hara", "50%",
    "a_b",  "a\\b", "Zoë",      "ZOË",      "zoe",   "a b c",  "A",
    "b",    "_",    "%",        "ß",        "Ärger", "ärger",  " Jane  Doe ",
};

std::string quoted(const std::string& text) {
    std::string sql = "'";
    for (const char character : text) {
        sql += character == '\'' ? "''" : std::string(1, character);
    }
    return sql + "'";
}

class Chance {
public:
    explicit Chance(unsigned seed) : random_(seed) {}

    int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
    bool happens(int percent) { return below(100) < percent; }
    std::string text() { return kTexts[static_cast<std::size_t>(below(kTexts.size()))]; }
    std::string moment() {
        return fmt::format("2026-01-{:02}T00:00:00.{:03}Z", 10 + below(4), below(2) * 500);
    }
    template <class Values>
    const auto& any(const Values& values) {
        return values[random_() % values.size()];
    }

private:
    std::mt19937 random_;
};

void add_users(ScimWorld& world, Chance& chance) {
    InsertRows users{"users (id, username, name, email, updated_at)"};
    InsertRows identities{
        "scim_identities (id, group_id, user_id, extern_uid, active, user_name, given_name,"
        " family_name, name_snapshot, created_at, updated_at)"};
    InsertRows attributes{"scim_identity_attributes (scim_identity_id, name, value)"};
    const auto maybe = [&chance](const std::string& text) {
        return chance.happens(50) ? quoted(text) : "null";
    };
    for (int id = 1'000; id < 1'000 + kUsers; ++id) {
        const std::string name = chance.text();
        users.add(fmt::format(
            "({0}, {1}, {2}, {3}, '{4}')",
            id,
            quoted(chance.text() + std::to_string(id)),
            quoted(name),
            quoted(chance.text() + std::to_string(id) + "@example.com"),
            chance.moment()
        ));
        identities.add(fmt::format(
            "({0}, {1}, {0}, {2}, {3}, {4}, {5}, {6}, {7}, '{8}', '{9}')",
            id,
            chance.happens(80) ? "10" : "null",
            quoted(chance.text() + std::to_string(id)),
            chance.happens(70) ? "true" : "false",
            maybe(chance.text() + std::to_string(id)),
            maybe(chance.text()),
            maybe(chance.text()),
            maybe(name),
            chance.moment(),
            chance.moment()
        ));
        for (const scim::EchoAttribute& attribute : scim::kEchoAttributes) {
            if (chance.happens(30)) {
                attributes.add(fmt::format(
                    "({}, '{}', {})",
                    id,
                    attribute.name,
                    chance.happens(15) ? "''" : quoted(chance.text())
                ));
            }
        }
    }
    users.run(world.database.session());
    identities.run(world.database.session());
    attributes.run(world.database.session());
}

/// Filters as clients write them, most of them good.
class FilterMaker {
public:
    explicit FilterMaker(Chance& chance) : chance_(chance) {}

    std::string make(int depth = 0) {
        const int kind = depth > 3 ? 0 : chance_.below(10);
        if (kind < 5) {
            return comparison();
        }
        if (kind == 5) {
            return fmt::format("not ({})", make(depth + 1));
        }
        const char* const word = kind < 8 ? "and" : "or";
        return fmt::format("({} {} {})", make(depth + 1), word, make(depth + 1));
    }

private:
    std::string comparison() {
        static constexpr std::array kNames{
            "id",
            "externalId",
            "userName",
            "name.formatted",
            "displayName",
            "name.givenName",
            "name.familyName",
            "emails",
            "emails.value",
            "title",
            "nickName",
            "timezone",
            "phoneNumbers",
            "userName",
            "name.givenName",
        };
        static constexpr std::array kOperators{
            "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"};
        switch (chance_.below(8)) {
            case 0:
                return fmt::format(
                    "active {} {}",
                    chance_.happens(50) ? "eq" : "ne",
                    chance_.happens(50) ? "true" : "false"
                );
            case 1:
                return fmt::format(
                    R"({} {} "{}")",
                    chance_.happens(50) ? "meta.created" : "meta.lastModified",
                    chance_.any(std::array{"eq", "ne", "gt", "ge", "lt", "le"}),
                    chance_.moment()
                );
            case 2:
                return fmt::format("{} pr", chance_.any(kNames));
            case 3:
                return fmt::format(
                    R"(emails[type eq "work" and value {} "{}"])", chance_.any(kOperators), value()
                );
            case 4:
                return fmt::format(
                    "{} {} null", chance_.any(kNames), chance_.happens(50) ? "eq" : "ne"
                );
            default:
                return fmt::format(
                    R"({} {} "{}")", chance_.any(kNames), chance_.any(kOperators), value()
                );
        }
    }

    /// Whole values too, so that `eq` finds something.
    std::string value() {
        std::string text = chance_.text();
        if (chance_.happens(40)) {
            text += std::to_string(1'000 + chance_.below(kUsers));
        }
        if (chance_.happens(20)) {
            text += "@example.com";
        }
        std::string escaped;
        for (const char character : text) {
            escaped += character == '\\' ? "\\\\" : std::string(1, character);
        }
        return escaped;
    }

    Chance& chance_;
};

std::vector<std::string> ids(const std::vector<scim::User>& users) {
    std::vector<std::string> ids;
    ids.reserve(users.size());
    for (const scim::User& user : users) {
        ids.push_back(user.id);
    }
    return ids;
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, " "));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_filters_in_sql)

BOOST_DATA_TEST_CASE(finds_what_the_filter_means, dialects(), dialect) {
    ScimWorld world{dialect};
    Chance chance{kSeed};
    add_users(world, chance);
    ScimUserStore store{world.session};
    FilterMaker maker{chance};
    for (const auth::ScimCaller& caller : {world.group, world.instance}) {
        const ScimUserQuery everybody{.filter = {}, .sort = {}, .start_index = 1, .count = kUsers};
        const std::vector<scim::User> all = store.list(caller, everybody).users;
        BOOST_TEST_REQUIRE(!all.empty());
        int found_some = 0;
        for (int number = 0; number < kFilters; ++number) {
            const std::string text = maker.make();
            const auto filter = scim::parse_filter(text);
            BOOST_TEST_REQUIRE(filter.has_value(), text);
            std::vector<scim::User> expected;
            std::ranges::copy_if(all, std::back_inserter(expected), [&filter](const auto& user) {
                return scim::matches(*filter, user);
            });
            const handlers::ScimUserPage page = store.list(
                caller, {.filter = *filter, .sort = {}, .start_index = 1, .count = kUsers}
            );
            BOOST_TEST(page.total == static_cast<long long>(expected.size()), text);
            BOOST_TEST(joined(ids(page.users)) == joined(ids(expected)), text);
            const handlers::ScimUserPage rest =
                store.list(caller, {.filter = *filter, .sort = {}, .start_index = 2, .count = 1});
            BOOST_TEST(rest.total == page.total, text);
            BOOST_TEST(rest.users.size() == (expected.size() > 1 ? 1U : 0U), text);
            found_some += expected.empty() || expected.size() == all.size() ? 0 : 1;
        }
        // A test that always found nobody, or everybody, would say nothing.
        BOOST_TEST(found_some > kFilters / 5);
    }
}

BOOST_DATA_TEST_CASE(sorts_texts_without_their_case_and_unset_values_last, dialects(), dialect) {
    ScimWorld world{dialect};
    Chance chance{kSeed + 1};
    add_users(world, chance);
    ScimUserStore store{world.session};
    const auto sorted = [&](scim::Attribute attribute, handlers::SortOrder order) {
        return store
            .list(
                world.group,
                {.filter = {},
                 .sort = handlers::ScimSort{attribute, order},
                 .start_index = 1,
                 .count = kUsers}
            )
            .users;
    };
    const auto key = [](const scim::User& user) {
        const auto title = user.echo_attributes.find(scim::Attribute::title);
        const bool is_unset = title == user.echo_attributes.end() || title->second.empty();
        return is_unset ? std::pair{1, std::string{}} : std::pair{0, ascii::lower(title->second)};
    };
    const auto ascending = sorted(scim::Attribute::title, handlers::SortOrder::ascending);
    const auto descending = sorted(scim::Attribute::title, handlers::SortOrder::descending);
    BOOST_TEST(std::ranges::is_sorted(ascending, std::less{}, key));
    BOOST_TEST(std::ranges::is_sorted(descending, std::greater{}, key));
    BOOST_TEST(ascending.size() == descending.size());
    const auto by_time = sorted(scim::Attribute::last_modified, handlers::SortOrder::ascending);
    BOOST_TEST(std::ranges::is_sorted(by_time, std::less{}, &scim::User::last_modified));
}

BOOST_DATA_TEST_CASE(pages_are_cut_from_one_order, dialects(), dialect) {
    ScimWorld world{dialect};
    Chance chance{kSeed + 2};
    add_users(world, chance);
    ScimUserStore store{world.session};
    const auto page = [&](long long start_index, long long count) {
        return store.list(
            world.group, {.filter = {}, .sort = {}, .start_index = start_index, .count = count}
        );
    };
    const handlers::ScimUserPage all = page(1, kUsers);
    std::vector<std::string> pieces;
    for (long long start = 1; start <= all.total; start += 7) {
        const handlers::ScimUserPage piece = page(start, 7);
        BOOST_TEST(piece.total == all.total);
        const auto some = ids(piece.users);
        pieces.insert(pieces.end(), some.begin(), some.end());
    }
    BOOST_TEST(joined(pieces) == joined(ids(all.users)));
    BOOST_TEST(page(1, 0).total == all.total);
    BOOST_TEST(page(1, 0).users.empty());
    BOOST_TEST(page(all.total + 1, 5).total == all.total);
    BOOST_TEST(page(all.total + 1, 5).users.empty());
}

/// More shapes of filters than are kept as prepared statements.
BOOST_DATA_TEST_CASE(forgets_old_statements_and_goes_on, dialects(), dialect) {
    ScimWorld world{dialect};
    Chance chance{kSeed + 3};
    add_users(world, chance);
    ScimUserStore store{world.session};
    std::string text = "active eq true";
    for (std::size_t number = 0; number < 2 * db::Session::kMaxComposedTexts; ++number) {
        text += number % 2 == 0 ? " or active eq false" : " and active eq true";
        const auto filter = scim::parse_filter(text);
        BOOST_TEST_REQUIRE(filter.has_value(), text);
        BOOST_TEST(
            store.list(world.group, {.filter = *filter, .sort = {}, .start_index = 1, .count = 1})
                .total > 0
        );
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
