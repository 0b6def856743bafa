#include "handlers/stores/git/protection_store.hpp"

#include <ostream>
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;
using handlers::ProtectionStore;
using handlers::domain::git_access::ProtectionRow;
using handlers::domain::git_access::PushFacts;
using handlers::domain::git_access::Role;

constexpr Date kToday{2026y / 1 / 15};

/// Project 30 in groups 1/2 beside project 31; user 7 owns deploy keys 3 and 4, user 8 key 5.
struct Protections : StoreDatabase {
    explicit Protections(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email) values "
               "(7, 'rubi', 'Dede', 'rubi@example.com'), (8, 'other', 'O', 'other@example.com')",
               "insert into keys (id, user_id, type, title, key, fingerprint_sha256) values "
               "(3, 7, 'DeployKey', 'k', 'ssh-rsa three', "
               "'3333333333333333333333333333333333333333333'), "
               "(4, 7, 'DeployKey', 'k', 'ssh-rsa four', "
               "'4444444444444444444444444444444444444444444'), "
               "(5, 8, 'DeployKey', 'k', 'ssh-rsa five', "
               "'5555555555555555555555555555555555555555555')",
               "insert into namespaces (id, type, parent_id, name, path) values "
               "(1, 'Group', null, 'a', 'a'), (2, 'Group', 1, 'b', 'b'), "
               "(5, 'Group', null, 'c', 'c'), (6, 'Group', 5, 'd', 'd')",
               "insert into projects (id, namespace_id, name, path) values "
               "(30, 2, 'p', 'project'), (31, 2, 'q', 'other')",
               "insert into deploy_keys_projects (deploy_key_id, project_id, can_push) values "
               "(3, 30, true), (4, 30, false), (4, 31, true), (5, 30, true)"}
          ),
          store(session) {}

    [[nodiscard]] PushFacts find(
        std::optional<UserId> user_id = UserId{7}, Role role = Role::developer
    ) {
        return store.find({.id = ProjectId{30}}, user_id, role, kToday);
    }

    ProtectionStore store;
};

std::string shown(const std::vector<ProtectionRow>& rows) {
    std::string text;
    for (const ProtectionRow& row : rows) {
        text += fmt::format(
            "{}{}{}{}",
            text.empty() ? "" : " ",
            "rugd"[static_cast<int>(row.subject)],
            static_cast<int>(row.level),
            row.names_actor ? "!" : ""
        );
    }
    return text;
}

std::string push_row(Protections& protections) {
    return shown(protections.find().branches[0].push);
}

/// How many rows of deploy keys name the actor.
int named(Protections& protections, std::optional<UserId> user, Role role) {
    const PushFacts facts = protections.find(user, role);
    int count = 0;
    for (const ProtectionRow& row : facts.branches[0].push) {
        BOOST_TEST((row.subject == ProtectionRow::Subject::deploy_key));
        count += row.names_actor ? 1 : 0;
    }
    return count;
}

/// That it takes to find all.
auto statements(Protections& protections, bool has_protections_above) {
    protections.usage = {};
    (void)protections.store.find(
        {.id = ProjectId{30}, .has_protections_above = has_protections_above},
        UserId{7},
        Role::developer,
        kToday
    );
    return protections.usage.statements;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(protection_store)

BOOST_DATA_TEST_CASE(a_project_without_rules_has_none, dialects(), dialect) {
    Protections protections{dialect};
    const PushFacts facts = protections.find();
    BOOST_TEST(facts.branches.empty());
    BOOST_TEST(facts.tags.empty());
    BOOST_TEST(facts.locked_merge_requests.empty());
    BOOST_TEST(facts.lfs_file_locks.empty());
}

BOOST_DATA_TEST_CASE(rules_of_the_project_and_all_groups_above_count, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into protected_branches (id, project_id, namespace_id, name, allow_force_push) "
         "values (10, 30, null, 'main', true), (11, null, 1, 'release/*', false), "
         "(12, null, 2, 'main', false), (13, 31, null, 'of-another', false), "
         "(14, null, 5, 'of-a-stranger', false)",
         "insert into protected_branch_push_access_levels (id, protected_branch_id, access_level) "
         "values (1, 10, 40), (2, 10, 30), (3, 11, 0), (4, 13, 60)",
         "insert into protected_branch_merge_access_levels (protected_branch_id, access_level) "
         "values (10, 60), (12, 30)"}
    );
    const PushFacts facts = protections.find();
    BOOST_TEST_REQUIRE(facts.branches.size() == 3U);
    BOOST_TEST(facts.branches[0].name == "main");
    BOOST_TEST(facts.branches[0].allows_force_push);
    BOOST_TEST(facts.branches[0].push.size() == 2U);
    BOOST_TEST(shown(facts.branches[0].merge) == "r60");
    BOOST_TEST(facts.branches[1].name == "release/*", "those of groups follow");
    BOOST_TEST(!facts.branches[1].allows_force_push);
    BOOST_TEST(shown(facts.branches[1].push) == "r0");
    BOOST_TEST(facts.branches[1].merge.empty());
    BOOST_TEST(facts.branches[2].push.empty());
    BOOST_TEST(shown(facts.branches[2].merge) == "r30");
}

BOOST_DATA_TEST_CASE(tags_have_levels_of_their_own, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into protected_branches (id, project_id, name) values (20, 30, 'main')",
         "insert into protected_tags (id, project_id, name) values (20, 30, 'v*'), "
         "(21, 30, 'none'), (22, 31, 'of-another')",
         "insert into protected_tag_create_access_levels (protected_tag_id, access_level, user_id) "
         "values (20, 40, 7), (22, 30, null)"}
    );
    const PushFacts facts = protections.find();
    BOOST_TEST_REQUIRE(facts.tags.size() == 2U);
    BOOST_TEST(facts.tags[0].name == "v*");
    BOOST_TEST(shown(facts.tags[0].create) == "u40!");
    BOOST_TEST(facts.tags[1].name == "none");
    BOOST_TEST(facts.tags[1].create.empty());
    BOOST_TEST(facts.branches.size() == 1U);
}

BOOST_DATA_TEST_CASE(a_user_is_named_by_id, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into protected_branches (id, project_id, name) values (10, 30, 'main')",
         "insert into protected_branch_merge_access_levels (protected_branch_id, user_id) "
         "values (10, 7)"}
    );
    BOOST_TEST(shown(protections.find(UserId{7}).branches[0].merge) == "u40!");
    BOOST_TEST(shown(protections.find(UserId{8}).branches[0].merge) == "u40");
    BOOST_TEST(shown(protections.find(std::nullopt).branches[0].merge) == "u40");
}

BOOST_DATA_TEST_CASE(a_group_names_its_direct_members, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into protected_branches (id, project_id, name) values (10, 30, 'main')",
         "insert into protected_branch_push_access_levels (protected_branch_id, group_id) "
         "values (10, 6)",
         "insert into members (id, user_id, source_type, source_id, access_level) values "
         "(1, 7, 'Namespace', 6, 10)"}
    );
    BOOST_TEST(push_row(protections) == "g40!");
    BOOST_TEST(shown(protections.find(UserId{8}).branches[0].push) == "g40");
    for (const char* const change :
         {"expires_at = '2026-01-15'",
          "requested_at = '2026-01-01T00:00:00.000Z'",
          "invite_token = 'x'",
          "state = 1",
          "access_level = 5"}) {
        protections.arrange(
            {fmt::format("update members set {}", change),
             "update protected_branches set updated_at = created_at"}
        );
        BOOST_TEST(push_row(protections) == "g40", change);
        protections.arrange(
            {"update members set expires_at = '2026-01-16', requested_at = null, "
             "invite_token = null, state = 0, access_level = 50"}
        );
        BOOST_TEST(push_row(protections) == "g40!", "without " << change);
    }
}

BOOST_DATA_TEST_CASE(members_of_other_groups_are_not_named, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into namespaces (id, type, parent_id, name, path) values "
         "(7, 'Group', 6, 'e', 'e')",
         "insert into protected_branches (id, project_id, name) values (10, 30, 'main')",
         "insert into protected_branch_push_access_levels (protected_branch_id, group_id) "
         "values (10, 6)",
         "insert into protected_branch_merge_access_levels (protected_branch_id, group_id) "
         "values (10, 6)",
         "insert into protected_tags (id, project_id, name) values (20, 30, 'v*')",
         "insert into protected_tag_create_access_levels (protected_tag_id, group_id) "
         "values (20, 6)",
         "insert into group_group_links (shared_group_id, shared_with_group_id, group_access) "
         "values (6, 1, 50)",
         // Above it, below it, invited to it, and of the project itself.
         "insert into members (user_id, source_type, source_id, access_level) values "
         "(7, 'Namespace', 5, 50), (7, 'Namespace', 7, 50), (7, 'Namespace', 1, 50), "
         "(7, 'Project', 30, 50)"}
    );
    const PushFacts facts = protections.find();
    BOOST_TEST(shown(facts.branches[0].push) == "g40");
    BOOST_TEST(shown(facts.branches[0].merge) == "g40");
    BOOST_TEST(shown(facts.tags[0].create) == "g40");
}

// GitLab lets the owner of a deploy key pass with any key, if one of the named ones is theirs.
BOOST_DATA_TEST_CASE(a_deploy_key_names_its_owner, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into protected_branches (id, project_id, name) values (10, 30, 'main')",
         "insert into protected_branch_push_access_levels (id, protected_branch_id, deploy_key_id) "
         "values (1, 10, 3), (2, 10, 4), (3, 10, 5)"}
    );
    BOOST_TEST(named(protections, UserId{7}, Role::developer) == 1);
    BOOST_TEST(named(protections, UserId{7}, Role::guest) == 1);
    BOOST_TEST(named(protections, UserId{7}, Role::none) == 0);
    BOOST_TEST(named(protections, UserId{8}, Role::developer) == 1);
    BOOST_TEST(named(protections, std::nullopt, Role::none) == 0);
}

BOOST_DATA_TEST_CASE(locks_of_the_project_are_listed, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into merge_requests (iid, source_project_id, source_branch, target_project_id, "
         "target_branch, state_id, in_progress_merge_commit_sha) values "
         "(1, 30, 'a', 30, 'main', 4, 'abc'), (2, 30, 'b', 30, 'main', 1, 'def'), "
         "(3, 30, 'c', 31, 'main', 4, 'fed'), (4, 30, 'd', 30, 'next', 4, null)",
         "insert into lfs_file_locks (project_id, user_id, path) values (30, 8, 'art/x.psd'), "
         "(31, 8, 'y.psd')"}
    );
    const PushFacts facts = protections.find();
    BOOST_TEST_REQUIRE(facts.locked_merge_requests.size() == 2U);
    const bool is_first = facts.locked_merge_requests[0].target_branch == "main";
    const auto& locked = facts.locked_merge_requests[is_first ? 0 : 1];
    BOOST_TEST(locked.target_branch == "main");
    BOOST_TEST(locked.in_progress_merge_commit_sha == "abc");
    BOOST_TEST_REQUIRE(facts.lfs_file_locks.size() == 1U);
    BOOST_TEST(facts.lfs_file_locks[0].path == "art/x.psd");
    BOOST_TEST(facts.lfs_file_locks[0].user_id.value == 8);
    BOOST_TEST(facts.lfs_file_locks[0].username == "other");
}

BOOST_DATA_TEST_CASE(groups_and_deploy_keys_are_asked_for_once, dialects(), dialect) {
    Protections protections{dialect};
    protections.arrange(
        {"insert into protected_branches (id, project_id, name) values (10, 30, 'main'), "
         "(11, 30, 'next')",
         "insert into protected_branch_push_access_levels (protected_branch_id, group_id, "
         "deploy_key_id, user_id) values (10, 6, null, null), (11, 6, null, null), "
         "(11, null, 3, null), (10, null, 3, null), (10, null, null, 7)"}
    );
    (void)statements(protections, true);
    BOOST_TEST(statements(protections, false) == 3U);
    BOOST_TEST(statements(protections, true) == 4U);
    protections.arrange({"delete from protected_branch_push_access_levels where user_id is null"});
    BOOST_TEST(statements(protections, false) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
