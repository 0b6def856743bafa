#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kUnknown = R"({"message":"Certificate Not Found"})";
constexpr const char* kNoUser = R"({"message":"User Not Found"})";
constexpr const char* kStranger = R"({"message":"Not an Enterprise User of the group"})";

// 10 is the top group, 11 its subgroup; the authority `CA/…` belongs to 11, `top…` to 10.
void fill(TestDatabase& database) {
    db::Session& session = database.session();
    session.execute_once(
        "insert into namespaces (id, type, parent_id, name, path) values "
        "(10, 'Group', null, 'Top', 'Top'), (11, 'Group', 10, 'Sub', 'sub'), "
        "(12, 'Group', 11, 'Below', 'below')"
    );
    session.execute_once(
        "insert into routes (source_type, source_id, path) values "
        "('Namespace', 10, 'Top'), ('Namespace', 11, 'Top/sub'), ('Namespace', 12, 'Top/sub/below')"
    );
    session.execute_once(
        "insert into users (id, username, name, email, confirmed_at, enterprise_group_id) values "
        "(1, 'Root', 'n', 'root@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(2, 'inherited', 'n', 'in@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(3, 'stranger', 'n', 'str@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(4, 'minimal', 'n', 'min@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(5, 'invited', 'n', 'inv@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(6, 'requesting', 'n', 'req@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(7, 'awaiting', 'n', 'awa@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(8, 'ended', 'n', 'end@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(9, 'ending', 'n', 'ending@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(10, 'below', 'n', 'below@example.com', '2020-01-01T00:00:00.000Z', 11), "
        "(11, 'free', 'n', 'free@example.com', '2020-01-01T00:00:00.000Z', null), "
        "(12, 'other', 'n', 'other@example.com', '2020-01-01T00:00:00.000Z', 10), "
        "(13, 'unconfirmed', 'n', 'unconfirmed@example.com', null, 11), "
        "(14, 'named@example.com', 'n', 'odd@example.com', '2020-01-01T00:00:00.000Z', 11)"
    );
    session.execute_once(
        "insert into emails (user_id, email, confirmed_at) values "
        "(1, 'second@example.com', '2020-01-01T00:00:00.000Z'), (1, 'third@example.com', null), "
        "(2, 'named@example.com', '2020-01-01T00:00:00.000Z')"
    );
    session.execute_once(
        "insert into members (user_id, source_type, source_id, access_level, state, requested_at, "
        "invite_token, expires_at) values "
        "(1, 'Namespace', 11, 50, 0, null, null, null), "
        "(2, 'Namespace', 10, 10, 0, null, null, null), "
        "(4, 'Namespace', 11, 5, 0, null, null, null), "
        "(5, 'Namespace', 11, 30, 0, null, 'token', null), "
        "(6, 'Namespace', 11, 30, 0, '2024-01-01T00:00:00.000Z', null, null), "
        "(7, 'Namespace', 11, 30, 1, null, null, null), "
        "(8, 'Namespace', 11, 30, 0, null, null, '2026-01-15'), "
        "(9, 'Namespace', 11, 30, 0, null, null, '2026-01-16'), "
        "(10, 'Namespace', 12, 30, 0, null, null, null), "
        "(11, 'Namespace', 11, 30, 0, null, null, null), "
        "(12, 'Namespace', 11, 30, 0, null, null, null), "
        "(13, 'Namespace', 11, 30, 0, null, null, null), "
        "(14, 'Namespace', 11, 30, 0, null, null, null)"
    );
    session.execute_once(
        "insert into group_ssh_certificates (namespace_id, title, key, fingerprint) values "
        "(11, 'CA', 'ssh-ed25519 AAAA', 'CA/fingerprint+of+forty+three+characters+xx'), "
        "(10, 'top', 'ssh-ed25519 BBBB', 'topfingerprint0of0forty0three0characters0xx')"
    );
}

TestDatabase& database(db::Dialect dialect) {
    static SharedDatabases databases{fill};
    return databases.on(dialect);
}

/// The authority of group 11.
constexpr const char* kAuthority = "CA/fingerprint%2Bof%2Bforty%2Bthree%2Bcharacters%2Bxx";

constexpr const char* kRoot = R"({"success":true,"namespace":"Top/sub","username":"Root"})";
constexpr const char* kInherited =
    R"({"success":true,"namespace":"Top/sub","username":"inherited"})";

/// By user, as the certificate names one.
const Example kUsers[]{
    {"member", "Root", 200, kRoot},
    {"username in other case", "rOOT", 200, kRoot},
    {"e-mail address", "root@example.com", 200, kRoot},
    {"e-mail address in other case", "ROOT@Example.com", 200, kRoot},
    {"further confirmed e-mail address", "second@example.com", 200, kRoot},
    {"further unconfirmed e-mail address", "third@example.com", 404, kNoUser},
    {"unconfirmed primary e-mail address", "unconfirmed@example.com", 404, kNoUser},
    {"username of an unconfirmed user",
     "unconfirmed",
     200,
     R"({"success":true,"namespace":"Top/sub","username":"unconfirmed"})"},
    {"username before e-mail address",
     "named@example.com",
     200,
     R"({"success":true,"namespace":"Top/sub","username":"named@example.com"})"},
    {"member of the group above", "inherited", 200, kInherited},
    {"minimal access is enough",
     "minimal",
     200,
     R"({"success":true,"namespace":"Top/sub","username":"minimal"})"},
    {"membership that ends tomorrow",
     "ending",
     200,
     R"({"success":true,"namespace":"Top/sub","username":"ending"})"},
    {"membership that ends today", "ended", 404, kNoUser},
    {"member of a subgroup", "below", 404, kNoUser},
    {"stranger", "stranger", 404, kNoUser},
    {"invitation not accepted", "invited", 404, kNoUser},
    {"access only requested", "requesting", 404, kNoUser},
    {"awaiting a seat", "awaiting", 404, kNoUser},
    {"unknown user", "nobody", 404, kNoUser},
    {"no user", "", 404, kNoUser},
    {"user of no enterprise", "free", 403, kStranger},
    {"user of the enterprise above", "other", 403, kStranger},
};

/// By authority, for user Root.
const Example kAuthorities[]{
    {"fingerprint", kAuthority, 200, kRoot},
    {"with prefix", "SHA256:CA/fingerprint%2Bof%2Bforty%2Bthree%2Bcharacters%2Bxx", 200, kRoot},
    {"with padding", "CA/fingerprint%2Bof%2Bforty%2Bthree%2Bcharacters%2Bxx=", 200, kRoot},
    {"plus signs not escaped", "CA/fingerprint+of+forty+three+characters+xx", 200, kRoot},
    {"in other case", "ca/fingerprint%2Bof%2Bforty%2Bthree%2Bcharacters%2Bxx", 404, kUnknown},
    {"of another group", "topfingerprint0of0forty0three0characters0xx", 404, kNoUser},
    {"unknown", "AAAA", 404, kUnknown},
    {"empty", "", 404, kUnknown},
};

http::Response ask(InProcessServer& server, std::string_view key, std::string_view user) {
    return server.shell_get(
        "/api/v4/internal/authorized_certs?key=" + std::string{key} +
        "&user_identifier=" + std::string{user}
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_authorized_certs)

BOOST_DATA_TEST_CASE(users, data::make(dialects()) * data::make(kUsers), dialect, example) {
    InProcessServer server{settings::PoolName::internal, database(dialect)};
    check(ask(server, kAuthority, example.target), example.status, example.body);
}

BOOST_DATA_TEST_CASE(
    authorities, data::make(dialects()) * data::make(kAuthorities), dialect, example
) {
    InProcessServer server{settings::PoolName::internal, database(dialect)};
    check(ask(server, example.target, "Root"), example.status, example.body);
}

BOOST_DATA_TEST_CASE(missing_parameters_are_like_unknown_ones, dialects(), dialect) {
    InProcessServer server{settings::PoolName::internal, database(dialect)};
    const std::string path = "/api/v4/internal/authorized_certs";
    check(server.shell_get(path), 404, kUnknown);
    check(server.shell_get(path + "?user_identifier=Root"), 404, kUnknown);
    check(server.shell_get(path + "?key=" + kAuthority), 404, kNoUser);
}

BOOST_DATA_TEST_CASE(without_the_feature_nothing_is_known, dialects(), dialect) {
    InProcessServer server{settings::PoolName::internal, database(dialect)};
    server.settings.features.ssh_certificates = false;
    check(ask(server, kAuthority, "Root"), 404, kUnknown);
    check(ask(server, kAuthority, "nobody"), 404, kUnknown);
}

BOOST_DATA_TEST_CASE(without_enterprise_users_any_member_will_do, dialects(), dialect) {
    InProcessServer server{settings::PoolName::internal, database(dialect)};
    server.settings.features.enterprise_users = false;
    check(
        ask(server, kAuthority, "free"),
        200,
        R"({"success":true,"namespace":"Top/sub","username":"free"})"
    );
    check(ask(server, kAuthority, "stranger"), 404, kNoUser);
}

// Only a broken import can make one; without care it would hold a thread for ever.
BOOST_DATA_TEST_CASE(groups_in_a_ring_end_the_search, dialects(), dialect) {
    TestDatabase own{dialect};
    fill(own);
    own.session().execute_once("update namespaces set parent_id = 12 where id = 10");
    InProcessServer server{settings::PoolName::internal, own};
    check(ask(server, kAuthority, "Root"), 200, kRoot);
    check(ask(server, kAuthority, "stranger"), 404, kNoUser);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
