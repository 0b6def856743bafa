#include "handlers/stores/git/collaboration_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;
using handlers::domain::git_access::UserFacts;
using Branches = std::vector<std::string>;

constexpr Date kToday{2026y / 1 / 15};

/// User 7 forked project 30 of group 1 to project 40 and opened merge requests from two branches;
/// user 8 develops project 30.
struct Collaborations : StoreDatabase {
    explicit Collaborations(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email) values "
               "(7, 'author', 'A', 'author@example.com'), (8, 'dev', 'D', 'dev@example.com')",
               "insert into namespaces (id, type, owner_id, name, path) values "
               "(1, 'Group', null, 'g', 'g'), (4, 'User', 7, 'author', 'author')",
               "insert into projects (id, namespace_id, name, path) values "
               "(30, 1, 'p', 'p'), (40, 4, 'p', 'p')",
               "insert into routes (source_type, source_id, path) values "
               "('Project', 30, 'g/p'), ('Project', 40, 'author/p')",
               "insert into members (user_id, source_type, source_id, access_level) values "
               "(8, 'Namespace', 1, 30)",
               "insert into merge_requests (iid, source_project_id, source_branch, "
               "target_project_id, target_branch, author_id, allow_maintainer_to_push) values "
               "(1, 40, 'fix', 30, 'main', 7, true), (2, 40, 'fix', 30, 'next', 7, true), "
               "(3, 40, 'doc', 30, 'next', 7, true)"}
          ),
          store(session) {}

    [[nodiscard]] Branches branches(long long user_id = 8) {
        handlers::ProjectStore projects{session};
        const auto found = projects.find(ProjectId{40}, {UserId{user_id}, {}, kToday});
        UserFacts user;
        user.id = UserId{user_id};
        user.is_admin = is_admin;
        return store.list_branches(found.value().project, user, kToday);
    }

    handlers::CollaborationStore store;
    bool is_admin = false;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(collaboration_store)

BOOST_DATA_TEST_CASE(developers_of_the_target_may_push_to_the_source, dialects(), dialect) {
    Collaborations collaborations{dialect};
    BOOST_TEST((collaborations.branches() == Branches{"doc", "fix"}));
}

BOOST_DATA_TEST_CASE(strangers_to_the_target_may_not, dialects(), dialect) {
    Collaborations collaborations{dialect};
    collaborations.arrange({"update members set access_level = 20"});
    BOOST_TEST((collaborations.branches() == Branches{}));
    collaborations.is_admin = true;
    BOOST_TEST((collaborations.branches() == Branches{"doc", "fix"}));
}

BOOST_DATA_TEST_CASE(only_open_requests_that_allow_it_count, dialects(), dialect) {
    Collaborations collaborations{dialect};
    collaborations.arrange(
        {"update merge_requests set allow_maintainer_to_push = false where iid = 3",
         "update merge_requests set state_id = 3 where iid = 1"}
    );
    BOOST_TEST((collaborations.branches() == Branches{"fix"}));
    collaborations.arrange({"update merge_requests set state_id = 2 where iid = 2"});
    BOOST_TEST((collaborations.branches() == Branches{}));
}

BOOST_DATA_TEST_CASE(protection_of_the_target_branch_counts, dialects(), dialect) {
    Collaborations collaborations{dialect};
    collaborations.arrange(
        {"insert into protected_branches (id, project_id, name) values (10, 30, 'n*')",
         "insert into protected_branch_merge_access_levels (protected_branch_id, access_level) "
         "values (10, 40)"}
    );
    BOOST_TEST((collaborations.branches() == Branches{"fix"}));
    collaborations.arrange({"update protected_branch_merge_access_levels set access_level = 30"});
    BOOST_TEST((collaborations.branches() == Branches{"doc", "fix"}));
}

BOOST_DATA_TEST_CASE(the_author_must_be_able_to_push_to_the_source, dialects(), dialect) {
    Collaborations collaborations{dialect};
    collaborations.arrange({"update namespaces set owner_id = 8 where id = 4"});
    BOOST_TEST((collaborations.branches() == Branches{}));
    collaborations.arrange(
        {"insert into members (user_id, source_type, source_id, access_level) values "
         "(7, 'Project', 40, 30)"}
    );
    BOOST_TEST((collaborations.branches() == Branches{"doc", "fix"}));
    collaborations.arrange({"update projects set archived = true where id = 40"});
    BOOST_TEST((collaborations.branches() == Branches{}));
}

BOOST_DATA_TEST_CASE(an_archived_target_takes_nothing, dialects(), dialect) {
    Collaborations collaborations{dialect};
    collaborations.arrange({"update projects set archived = true where id = 30"});
    BOOST_TEST((collaborations.branches() == Branches{}));
}

BOOST_DATA_TEST_CASE(requests_without_an_author_count_for_nobody, dialects(), dialect) {
    Collaborations collaborations{dialect};
    collaborations.arrange({"update merge_requests set author_id = null"});
    BOOST_TEST((collaborations.branches() == Branches{}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
