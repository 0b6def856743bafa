#include "handlers/domain/git_access/protection.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain::git_access {
namespace {

UserFacts user(bool is_admin) {
    UserFacts facts;
    facts.id = UserId{7};
    facts.is_admin = is_admin;
    return facts;
}

const UserFacts kUser = user(false);
const UserFacts kAdmin = user(true);

Person with_role(Role role) {
    return {.user = &kUser, .role = role};
}

const Person kAdminPerson{.user = &kAdmin, .role = Role::none};

ProtectionRow level(Role role) {
    return {.subject = ProtectionRow::Subject::role, .level = role, .names_actor = false};
}

ProtectionRow naming(ProtectionRow::Subject subject, bool names_actor) {
    return {.subject = subject, .level = Role::none, .names_actor = names_actor};
}

ProtectedBranch rule(std::string name, std::vector<ProtectionRow> push) {
    return {
        .name = std::move(name), .allows_force_push = false, .push = std::move(push), .merge = {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(protected_refs)

BOOST_AUTO_TEST_CASE(a_level_asks_for_the_role) {
    const ProjectFacts project;
    BOOST_TEST(grants(level(Role::developer), with_role(Role::developer), project));
    BOOST_TEST(grants(level(Role::developer), with_role(Role::owner), project));
    BOOST_TEST(!grants(level(Role::developer), with_role(Role::reporter), project));
    BOOST_TEST(!grants(level(Role::maintainer), with_role(Role::developer), project));
    BOOST_TEST(grants(level(Role::maintainer), with_role(Role::maintainer), project));
    BOOST_TEST(grants(level(Role::maintainer), kAdminPerson, project));
    BOOST_TEST(!grants(level(Role::developer), {}, project));
}

BOOST_AUTO_TEST_CASE(a_level_asks_for_the_push_right_besides) {
    ProjectFacts project;
    project.repository_feature = FeatureLevel::disabled;
    BOOST_TEST(!grants(level(Role::maintainer), with_role(Role::owner), project));
    BOOST_TEST(!grants(level(Role::maintainer), kAdminPerson, project));
}

BOOST_AUTO_TEST_CASE(level_0_is_nobody_and_60_administrators) {
    const ProjectFacts project;
    BOOST_TEST(!grants(level(Role::none), with_role(Role::owner), project));
    BOOST_TEST(!grants(level(Role::none), kAdminPerson, project));
    BOOST_TEST(!grants(level(Role::admin), with_role(Role::owner), project));
    BOOST_TEST(grants(level(Role::admin), kAdminPerson, project));
}

BOOST_AUTO_TEST_CASE(a_named_user_or_group_needs_the_push_right) {
    const ProjectFacts project;
    for (const auto subject : {ProtectionRow::Subject::user, ProtectionRow::Subject::group}) {
        BOOST_TEST(grants(naming(subject, true), with_role(Role::developer), project));
        BOOST_TEST(!grants(naming(subject, true), with_role(Role::reporter), project));
        BOOST_TEST(!grants(naming(subject, false), with_role(Role::owner), project));
    }
}

BOOST_AUTO_TEST_CASE(a_named_deploy_key_needs_a_member_as_its_owner) {
    ProjectFacts project;
    project.visibility = Visibility::public_;
    const auto subject = ProtectionRow::Subject::deploy_key;
    BOOST_TEST(grants(naming(subject, true), with_role(Role::guest), project));
    BOOST_TEST(!grants(naming(subject, true), with_role(Role::none), project));
    BOOST_TEST(!grants(naming(subject, false), with_role(Role::owner), project));
    project.is_pending_delete = true;
    BOOST_TEST(!grants(naming(subject, true), with_role(Role::guest), project));
}

BOOST_AUTO_TEST_CASE(rules_that_match_add_up) {
    const ProjectFacts project;
    std::vector<ProtectedBranch> rules{
        rule("main", {level(Role::none)}),
        rule("ma*", {level(Role::developer)}),
        rule("*n", {}),
        rule("other", {level(Role::developer)}),
    };
    rules[2].allows_force_push = true;
    rules[2].merge = {level(Role::maintainer)};
    BranchRules main = branch_rules("main", rules, with_role(Role::developer), project);
    BOOST_TEST(main.is_protected);
    BOOST_TEST(main.can_push);
    BOOST_TEST(main.allows_force_push);
    BOOST_TEST(!main.can_merge);
    main = branch_rules("main", rules, with_role(Role::maintainer), project);
    BOOST_TEST(main.can_merge);

    const BranchRules unprotected =
        branch_rules("feature", rules, with_role(Role::developer), project);
    BOOST_TEST(!unprotected.is_protected);
    BOOST_TEST(!unprotected.can_push);
}

BOOST_AUTO_TEST_CASE(a_rule_without_rows_lets_nobody_push) {
    const ProjectFacts project;
    const std::vector<ProtectedBranch> rules{rule("main", {})};
    const BranchRules found = branch_rules("main", rules, kAdminPerson, project);
    BOOST_TEST(found.is_protected);
    BOOST_TEST(!found.can_push);
    BOOST_TEST(!found.can_merge);
}

BOOST_AUTO_TEST_CASE(tags_add_up_likewise) {
    const ProjectFacts project;
    const std::vector<ProtectedTag> rules{
        {.name = "v*", .create = {level(Role::none)}},
        {.name = "v1*", .create = {level(Role::maintainer)}},
    };
    const TagRules v1 = tag_rules("v1.0", rules, with_role(Role::maintainer), project);
    BOOST_TEST((v1.is_protected && v1.can_create));
    const TagRules v2 = tag_rules("v2.0", rules, with_role(Role::maintainer), project);
    BOOST_TEST((v2.is_protected && !v2.can_create));
    BOOST_TEST(!tag_rules("x", rules, with_role(Role::maintainer), project).is_protected);
}

BOOST_AUTO_TEST_CASE(names_are_case_sensitive) {
    const std::vector<ProtectedBranch> rules{rule("Main", {}), rule("Release/*", {})};
    BOOST_TEST(is_protected_branch("Main", rules));
    BOOST_TEST(!is_protected_branch("main", rules));
    BOOST_TEST(!is_protected_branch("release/1", rules));
}

BOOST_AUTO_TEST_CASE(the_first_push_is_the_maintainers_unless_the_defaults_say_otherwise) {
    BranchProtectionDefaults defaults;
    BOOST_TEST(is_first_push_restricted(defaults));
    BOOST_TEST(can_push_first(with_role(Role::maintainer), defaults));
    BOOST_TEST(can_push_first(kAdminPerson, defaults));
    BOOST_TEST(!can_push_first(with_role(Role::developer), defaults));
    defaults.developer_can_initial_push = true;
    BOOST_TEST(is_first_push_restricted(defaults));
    BOOST_TEST(can_push_first(with_role(Role::developer), defaults));
    BOOST_TEST(!can_push_first(with_role(Role::reporter), defaults));
    defaults.developer_can_initial_push = false;
    defaults.allowed_to_push = {Role::developer, Role::maintainer};
    BOOST_TEST(!is_first_push_restricted(defaults));
    BOOST_TEST(can_push_first(with_role(Role::developer), defaults));
}

BOOST_AUTO_TEST_CASE(the_namespaces_defaults_come_before_the_instances) {
    ProjectFacts project;
    InstanceFacts instance;
    instance.branch_protection_defaults.allowed_to_push = {Role::developer};
    BOOST_TEST(!is_first_push_restricted(branch_protection_defaults(project, instance)));
    project.branch_protection_defaults = BranchProtectionDefaults{};
    BOOST_TEST(is_first_push_restricted(branch_protection_defaults(project, instance)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access
