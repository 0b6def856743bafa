#include "handlers/stores/pushes/push_message_store.hpp"

#include <tuple>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;
using handlers::PushMessageKind;

constexpr db::Query kMessages{
    "test.messages",
    "select kind, message, expires_at from post_push_messages order by kind, gl_repository",
};

struct Messages : StoreDatabase {
    explicit Messages(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email) values "
               "(7, 'rubi', 'Dede', 'rubi@example.com')"}
          ),
          store(session) {}

    [[nodiscard]] std::vector<std::tuple<std::string, std::string, Timestamp>> all() {
        std::vector<std::tuple<std::string, std::string, Timestamp>> messages;
        std::string kind;
        std::string text;
        Timestamp expires_at;
        database.session().fetch_each(
            kMessages,
            [&] { messages.emplace_back(kind, text, expires_at); },
            soci::into(kind),
            soci::into(text),
            soci::into(expires_at)
        );
        return messages;
    }

    handlers::PushMessageStore store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(push_message_store)

BOOST_DATA_TEST_CASE(the_newest_of_a_kind_stays, dialects(), dialect) {
    Messages messages{dialect};
    const Timestamp now{Date{2026y / 1 / 15}};
    messages.store.queue(PushMessageKind::moved, UserId{7}, "project-1", "first", now);
    messages.store.queue(PushMessageKind::created, UserId{7}, "project-1", "made", now);
    messages.store.queue(PushMessageKind::moved, UserId{7}, "project-2", "other", now);
    messages.store.queue(PushMessageKind::moved, UserId{7}, "project-1", "second", now + 10s);
    const auto all = messages.all();
    BOOST_TEST_REQUIRE(all.size() == 3U);
    BOOST_TEST((all[0] == std::tuple{"created", "made", now + 300s}));
    BOOST_TEST((all[1] == std::tuple{"moved", "second", now + 310s}));
    BOOST_TEST((all[2] == std::tuple{"moved", "other", now + 300s}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
