#include "handlers/stores/identity/actor_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/stores/identity/key_store.hpp"
#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using namespace std::chrono_literals;
using handlers::ActorFacts;
using handlers::ActorStore;
using handlers::domain::git_access::Role;
using handlers::domain::git_access::UserState;

/// Keys 1 of a person, 2 only for signing, 3 a deploy key, 4 a deploy key whose owner is gone.
struct Actors : StoreDatabase {
    explicit Actors(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email, confirmed_at) values "
               "(7, 'Rubi', 'Dede', 'rubi@example.com', '2019-06-27T15:00:00.000Z')",
               "insert into keys (id, user_id, type, title, key, fingerprint_sha256, usage_type, "
               "expires_at, last_used_at) values "
               "(1, 7, 'Key', 'k', 'ssh-rsa one', "
               "'1111111111111111111111111111111111111111111', 1, '2030-01-01T00:00:00.000Z', "
               "'2026-01-14T12:00:00.000Z'), "
               "(2, 7, 'Key', 'k', 'ssh-rsa two', "
               "'2222222222222222222222222222222222222222222', 2, null, null), "
               "(3, 7, 'DeployKey', 'k', 'ssh-rsa three', "
               "'3333333333333333333333333333333333333333333', 0, null, null), "
               "(4, null, 'DeployKey', 'k', 'ssh-rsa four', "
               "'4444444444444444444444444444444444444444444', 0, null, null)"}
          ),
          store(session) {}

    ActorStore store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(actor_store)

BOOST_DATA_TEST_CASE(a_key_brings_its_owner, dialects(), dialect) {
    Actors actors{dialect};
    const ActorFacts facts = actors.store.find_by_key(KeyId{1});
    BOOST_TEST_REQUIRE(facts.actor.key.has_value());
    BOOST_TEST(facts.actor.key->id.value == 1);
    BOOST_TEST(!facts.actor.key->is_deploy_key);
    BOOST_TEST(facts.actor.key->key == "ssh-rsa one");
    BOOST_TEST((facts.actor.key->expires_at == Timestamp{Date{2030y / 1 / 1}}));
    BOOST_TEST((facts.actor.key->last_used_at == Timestamp{Date{2026y / 1 / 14}} + 12h));
    BOOST_TEST_REQUIRE(facts.actor.user.has_value());
    BOOST_TEST(facts.actor.user->id.value == 7);
    BOOST_TEST(facts.actor.user->username == "Rubi");
    BOOST_TEST(facts.actor.user->is_email_confirmed);
    BOOST_TEST(!facts.actor.user->has_accepted_terms);
    BOOST_TEST(!facts.last_activity_on.has_value());
}

BOOST_DATA_TEST_CASE(signing_keys_and_unknown_keys_are_nobody, dialects(), dialect) {
    Actors actors{dialect};
    for (const KeyId key_id : {KeyId{2}, KeyId{99}, KeyId::none()}) {
        const ActorFacts facts = actors.store.find_by_key(key_id);
        BOOST_TEST(!facts.actor.key.has_value());
        BOOST_TEST(!facts.actor.user.has_value());
        BOOST_TEST(facts.instance.operation_limit_per_minute == 600);
    }
}

BOOST_DATA_TEST_CASE(a_deploy_key_may_have_lost_its_owner, dialects(), dialect) {
    Actors actors{dialect};
    const ActorFacts owned = actors.store.find_by_key(KeyId{3});
    BOOST_TEST_REQUIRE(owned.actor.key.has_value());
    BOOST_TEST(owned.actor.key->is_deploy_key);
    BOOST_TEST(owned.actor.user.has_value());
    const ActorFacts orphan = actors.store.find_by_key(KeyId{4});
    BOOST_TEST(orphan.actor.key.has_value());
    BOOST_TEST(!orphan.actor.user.has_value());
}

BOOST_DATA_TEST_CASE(users_are_found_by_id_and_by_name_in_any_case, dialects(), dialect) {
    Actors actors{dialect};
    const ActorFacts by_id = actors.store.find_by_user(UserId{7});
    const ActorFacts by_name = actors.store.find_by_username("rUBI");
    BOOST_TEST_REQUIRE(by_id.actor.user.has_value());
    BOOST_TEST_REQUIRE(by_name.actor.user.has_value());
    BOOST_TEST(by_name.actor.user->id.value == 7);
    BOOST_TEST(!by_id.actor.key.has_value());
    BOOST_TEST(!actors.store.find_by_user(UserId::none()).actor.user.has_value());
    BOOST_TEST(!actors.store.find_by_username("nobody").actor.user.has_value());
    BOOST_TEST(!actors.store.anonymous().actor.user.has_value());
}

BOOST_DATA_TEST_CASE(every_fact_of_a_user_is_read, dialects(), dialect) {
    Actors actors{dialect};
    actors.arrange(
        {"update users set state = 'blocked_pending_approval', user_type = 4, admin = true, "
         "external = true, confirmed_at = null, locked_at = '2026-01-01T00:00:00.000Z', "
         "accepted_term_id = 1, password_automatically_set = true, "
         "password_expires_at = '2026-02-01T00:00:00.000Z', last_activity_on = '2026-01-02'",
         "insert into identities (user_id, provider, extern_uid) values (7, 'ldapmain', 'rubi')"}
    );
    const ActorFacts facts = actors.store.find_by_user(UserId{7});
    BOOST_TEST_REQUIRE(facts.actor.user.has_value());
    const auto& user = *facts.actor.user;
    BOOST_TEST((user.state == UserState::blocked_pending_approval));
    BOOST_TEST(user.user_type == 4);
    BOOST_TEST(user.is_admin);
    BOOST_TEST(user.is_external);
    BOOST_TEST(!user.is_email_confirmed);
    BOOST_TEST((user.locked_at == Timestamp{Date{2026y / 1 / 1}}));
    BOOST_TEST(user.has_accepted_terms);
    BOOST_TEST(user.is_password_automatically_set);
    BOOST_TEST(user.has_identity);
    BOOST_TEST((user.password_expires_at == Timestamp{Date{2026y / 2 / 1}}));
    BOOST_TEST((facts.last_activity_on == Date{2026y / 1 / 2}));
}

BOOST_DATA_TEST_CASE(every_setting_of_the_instance_is_read, dialects(), dialect) {
    Actors actors{dialect};
    actors.arrange(
        {"update application_settings set enabled_git_access_protocol = 'ssh', "
         "enforce_terms = true, maintenance_mode = true, lfs_enabled = false, "
         "receive_max_input_size = 12, file_size_limit_mb = 34, "
         "gitlab_shell_operation_limit = 56, rsa_key_restriction = 2048, "
         "dsa_key_restriction = -1, ecdsa_key_restriction = 256, ed25519_key_restriction = 255, "
         "ecdsa_sk_key_restriction = 257, ed25519_sk_key_restriction = 258, "
         "default_branch_protection_defaults = '{\"allowed_to_push\":[{\"access_level\":30},"
         "{\"access_level\":60}],\"allowed_to_merge\":[],\"allow_force_push\":true,"
         "\"developer_can_initial_push\":true}'"}
    );
    const auto instance = actors.store.anonymous().instance;
    BOOST_TEST(instance.enabled_git_access_protocol == "ssh");
    BOOST_TEST(instance.enforces_terms);
    BOOST_TEST(instance.is_read_only);
    BOOST_TEST(!instance.is_lfs_enabled);
    BOOST_TEST(instance.receive_max_input_size_mb == 12);
    BOOST_TEST(instance.file_size_limit_mb == 34);
    BOOST_TEST(instance.operation_limit_per_minute == 56);
    BOOST_TEST(instance.key_restrictions.rsa == 2048);
    BOOST_TEST(instance.key_restrictions.dsa == -1);
    BOOST_TEST(instance.key_restrictions.ecdsa == 256);
    BOOST_TEST(instance.key_restrictions.ed25519 == 255);
    BOOST_TEST(instance.key_restrictions.ecdsa_sk == 257);
    BOOST_TEST(instance.key_restrictions.ed25519_sk == 258);
    const auto& defaults = instance.branch_protection_defaults;
    BOOST_TEST((defaults.allowed_to_push == std::vector{Role::developer, Role::admin}));
    BOOST_TEST(defaults.allowed_to_merge.empty());
    BOOST_TEST(defaults.allow_force_push);
    BOOST_TEST(defaults.developer_can_initial_push);
}

BOOST_DATA_TEST_CASE(a_key_is_touched_once_per_interval, dialects(), dialect) {
    Actors actors{dialect};
    handlers::KeyStore keys{actors.session};
    const Timestamp used = Timestamp{Date{2026y / 1 / 14}} + 12h;
    BOOST_TEST(!keys.touch(KeyId{1}, used + 24h, 24h));
    BOOST_TEST(keys.touch(KeyId{1}, used + 24h + 1ms, 24h));
    BOOST_TEST((actors.store.find_by_key(KeyId{1}).actor.key->last_used_at == used + 24h + 1ms));
    BOOST_TEST(keys.touch(KeyId{3}, used, 24h));
    BOOST_TEST(!keys.touch(KeyId{3}, used, 24h));
    BOOST_TEST(!keys.touch(KeyId{99}, used, 24h));
    BOOST_TEST(!keys.touch(KeyId{3}, used + 10min, 10min));
    BOOST_TEST(keys.touch(KeyId{3}, used + 10min + 1ms, 10min));
}

BOOST_DATA_TEST_CASE(activity_is_written_once_a_day, dialects(), dialect) {
    Actors actors{dialect};
    BOOST_TEST(actors.store.touch_user(UserId{7}, 2026y / 1 / 15));
    BOOST_TEST(!actors.store.touch_user(UserId{7}, 2026y / 1 / 15));
    BOOST_TEST(actors.store.touch_user(UserId{7}, 2026y / 1 / 16));
    const ActorFacts facts = actors.store.find_by_key(KeyId{3});
    BOOST_TEST((facts.last_activity_on == Date{2026y / 1 / 16}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
