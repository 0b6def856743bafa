// What is there, who may see it, and what may be done with it before Git names a ref.

#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/git_access/scenario.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kNoNamespace =
    "10 404 The namespace you were looking for could not be found.";
constexpr std::string_view kNoProject =
    "12 404 The project you were looking for could not be found or you don't have permission to "
    "view "
    "it.";
constexpr std::string_view kUnreadable =
    "13 404 The project you were looking for could not be found or you don't have permission to "
    "view "
    "it.";
constexpr std::string_view kElsewhere =
    "9 401 You are not allowed to access projects in this namespace.";
constexpr std::string_view kNoDownload =
    "16 401 You are not allowed to download code from this project.";
constexpr std::string_view kNoPush = "21 401 You are not allowed to push code to this project.";

void may_create(Scenario& it) {
    it.without_container();
    it.pushes();
    it.request.path.path = "jane/site";
    it.can_create_project = true;
}

void enforce_certificates(Scenario& it) {
    it.project().root_enforces_ssh_certificates = true;
}

void restrict_addresses(Scenario& it) {
    it.project().ip_restrictions = {{"192.0.2.0/24"}};
    it.request.check_ip = "198.51.100.1";
}

void make_public(Scenario& it) {
    it.project().visibility = Visibility::public_;
}

const std::vector<DecisionExample> kNamespaces{
    {"9: certificate of the root group",
     [](Scenario& it) { it.request.namespace_path = "Group"; },
     "granted"},
    {"9: certificate of another group",
     [](Scenario& it) { it.request.namespace_path = "other"; },
     kElsewhere},
    {"9: not asked about real changes",
     [](Scenario& it) {
         it.request.namespace_path = "other";
         it.pushes(updated("refs/heads/x"));
     },
     "granted"},
    {"9: what is not there is elsewhere too",
     [](Scenario& it) {
         may_create(it);
         it.request.namespace_path = "group";
     },
     kElsewhere},
    {"9: a certificate creates projects in its own group",
     [](Scenario& it) {
         may_create(it);
         it.request.path.path = "group/site";
         it.request.namespace_path = "group";
     },
     "create"},
    {"9: a group that enforces certificates refuses users without",
     enforce_certificates,
     kElsewhere},
    {"9: and regular keys",
     [](Scenario& it) {
         enforce_certificates(it);
         it.with_key();
     },
     kElsewhere},
    {"9: and lets certificates in",
     [](Scenario& it) {
         enforce_certificates(it);
         it.request.namespace_path = "group";
     },
     "granted"},
    {"9: deploy keys have no certificates",
     [](Scenario& it) {
         enforce_certificates(it);
         it.with_deploy_key();
     },
     "granted"},
    {"9: nor have service accounts",
     [](Scenario& it) {
         enforce_certificates(it);
         it.user().user_type = 13;
     },
     "granted"},
    {"9: nor has anonymous",
     [](Scenario& it) {
         enforce_certificates(it);
         make_public(it);
         it.without_user();
     },
     "granted"},
    {"9: the hook asks without one",
     [](Scenario& it) {
         enforce_certificates(it);
         it.pushes(updated("refs/heads/x"));
     },
     "granted"},
    {"9: switched off",
     [](Scenario& it) {
         enforce_certificates(it);
         it.settings.are_ssh_certificates_enabled = false;
     },
     "granted"},
    {"10: reserved word",
     [](Scenario& it) {
         it.without_container();
         it.request.path.path = "snippets/x";
     },
     kNoNamespace},
    {"10: no namespace",
     [](Scenario& it) {
         it.without_container();
         it.request.path.path = "project";
     },
     kNoNamespace},
    {"10: no path",
     [](Scenario& it) {
         it.without_container();
         it.request.path.path.clear();
     },
     kNoNamespace},
    {"10: Gitaly's directory of a repository that is gone",
     [](Scenario& it) {
         it.pushes(updated("refs/heads/x"));
         it.without_container();
     },
     kNoNamespace},
    {"10 comes before 11",
     [](Scenario& it) {
         may_create(it);
         it.request.path.path = "admin/site";
     },
     kNoNamespace},
    {"11: the push creates", may_create, "create"},
    {"11: for regular keys",
     [](Scenario& it) {
         may_create(it);
         it.with_key();
     },
     "create"},
    {"11: blank changes are any",
     [](Scenario& it) {
         may_create(it);
         it.request.changes.clear();
     },
     "create"},
    {"11: not where the user may not",
     [](Scenario& it) {
         may_create(it);
         it.can_create_project = false;
     },
     kNoProject},
    {"11: not by fetching",
     [](Scenario& it) {
         may_create(it);
         it.fetches();
     },
     kNoProject},
    {"11: not by deploy keys",
     [](Scenario& it) {
         may_create(it);
         it.actor.key = KeyFacts{};
         it.actor.key->is_deploy_key = true;
     },
     kNoProject},
    {"11: not by anonymous",
     [](Scenario& it) {
         may_create(it);
         it.without_user();
     },
     kNoProject},
    {"11: not in the hook",
     [](Scenario& it) {
         may_create(it);
         it.request.changes = updated("refs/heads/x");
     },
     kNoProject},
    {"11: not by the id of what is gone",
     [](Scenario& it) {
         may_create(it);
         it.request.gl_repository.emplace(GlRepository{.kind = ContainerKind::project, .id = 3});
     },
     kNoProject},
    {"11: the path is fit for no new project",
     [](Scenario& it) {
         may_create(it);
         it.request.path.path = "group/new--one";
     },
     "11 422 Could not create project: Path can only include non-accented letters, digits, '_', "
     "'-' and '.'. It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or "
     "'.atom'."},
    {"11: all that is wrong is told",
     [](Scenario& it) {
         may_create(it);
         it.request.path.path = "group/.new";
     },
     "11 422 Could not create project: Name can contain only letters, digits, emoji, '_', '.', "
     "'+', dashes, or spaces. It must start with a letter, digit, emoji, or '_'., Path can only "
     "include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', '_', or "
     "'.', nor end with '-', '_', '.', '.git', or '.atom'."},
    {"11: an unfit path is nothing to who may not create",
     [](Scenario& it) {
         may_create(it);
         it.can_create_project = false;
         it.request.path.path = "group/new--one";
     },
     kNoProject},
    {"11: not as a wiki",
     [](Scenario& it) {
         may_create(it);
         it.named(ContainerKind::wiki);
     },
     "12 404 The wiki you were looking for could not be found."},
    {"12: nothing there", [](Scenario& it) { it.without_container(); }, kNoProject},
};

const std::vector<DecisionExample> kVisibility{
    {"13: a stranger", [](Scenario& it) { it.with_role(Role::none); }, kUnreadable},
    {"13: a stranger who pushes",
     [](Scenario& it) {
         it.with_role(Role::none);
         it.pushes();
     },
     kUnreadable},
    {"13: minimal access is none", [](Scenario& it) { it.with_role(Role::minimal); }, kUnreadable},
    {"13: anonymous", [](Scenario& it) { it.without_user(); }, kUnreadable},
    {"13: anonymous on an internal project",
     [](Scenario& it) {
         it.without_user();
         it.project().visibility = Visibility::internal;
     },
     kUnreadable},
    {"13: external on an internal project",
     [](Scenario& it) {
         it.with_role(Role::none);
         it.user().is_external = true;
         it.project().visibility = Visibility::internal;
     },
     kUnreadable},
    {"13: an administrator", [](Scenario& it) { it.as_admin(); }, "granted"},
    {"13: a deploy key that is not enabled, whatever its owner",
     [](Scenario& it) {
         it.with_deploy_key();
         it.standing.is_deploy_key_enabled = false;
     },
     kUnreadable},
    {"13: a deploy key not enabled on a public project",
     [](Scenario& it) {
         make_public(it);
         it.with_deploy_key();
         it.standing.is_deploy_key_enabled = false;
     },
     kUnreadable},
    {"13: an address outside", restrict_addresses, kUnreadable},
    {"13: an address outside of a public project",
     [](Scenario& it) {
         restrict_addresses(it);
         make_public(it);
     },
     kUnreadable},
    {"13: an address inside",
     [](Scenario& it) {
         restrict_addresses(it);
         it.request.check_ip = "192.0.2.77";
     },
     "granted"},
    {"13: garbage for an address",
     [](Scenario& it) {
         restrict_addresses(it);
         it.request.check_ip = "[127.0";
     },
     kUnreadable},
    {"13: the hook tells no address",
     [](Scenario& it) {
         restrict_addresses(it);
         it.request.check_ip.reset();
     },
     "granted"},
    {"13: administrators from everywhere",
     [](Scenario& it) {
         restrict_addresses(it);
         it.as_admin();
     },
     "granted"},
    {"13: not the deploy keys of administrators",
     [](Scenario& it) {
         restrict_addresses(it);
         it.as_admin();
         it.with_deploy_key();
     },
     kUnreadable},
    {"13: allow-lists switched off",
     [](Scenario& it) {
         restrict_addresses(it);
         it.settings.are_ip_restrictions_enabled = false;
     },
     "granted"},
    {"13: about to be deleted",
     [](Scenario& it) { it.project().is_pending_delete = true; },
     kUnreadable},
    {"13: about to be deleted, with a deploy key",
     [](Scenario& it) {
         it.with_deploy_key();
         it.project().is_pending_delete = true;
     },
     kUnreadable},
    {"14: through a redirect",
     [](Scenario& it) { it.container->redirected_from = "old/path"; },
     "granted"},
    {"15: no repository",
     [](Scenario& it) { it.inspection.exists_answer = false; },
     "15 404 A repository for this project does not exist yet."},
    {"15 comes after 13",
     [](Scenario& it) {
         it.inspection.exists_answer = false;
         it.with_role(Role::none);
     },
     kUnreadable},
};

const std::vector<DecisionExample> kDownloads{
    {"16: a guest of a private project",
     [](Scenario& it) { it.with_role(Role::guest); },
     kNoDownload},
    {"16: a planner", [](Scenario& it) { it.with_role(Role::planner); }, kNoDownload},
    {"16: a reporter", [](Scenario& it) { it.with_role(Role::reporter); }, "granted"},
    {"16: archives need the same",
     [](Scenario& it) {
         it.with_role(Role::guest);
         it.request.action = "git-upload-archive";
     },
     kNoDownload},
    {"16: anyone on a public project",
     [](Scenario& it) {
         make_public(it);
         it.without_user();
     },
     "granted"},
    {"16: unless its repository is for members",
     [](Scenario& it) {
         make_public(it);
         it.without_user();
         it.project().repository_feature = FeatureLevel::members;
     },
     kNoDownload},
    {"16: any user on an internal one",
     [](Scenario& it) {
         it.with_role(Role::none);
         it.project().visibility = Visibility::internal;
     },
     "granted"},
    {"16: switched off for all",
     [](Scenario& it) {
         it.as_admin();
         it.project().repository_feature = FeatureLevel::disabled;
     },
     kNoDownload},
    {"16: a deploy key without owner",
     [](Scenario& it) {
         it.with_deploy_key();
         it.actor.user.reset();
         it.standing.can_deploy_key_push = false;
     },
     "granted"},
    {"16: a deploy key where the repository is switched off",
     [](Scenario& it) {
         it.with_deploy_key();
         it.project().repository_feature = FeatureLevel::disabled;
     },
     kNoDownload},
    {"16: an archived project", [](Scenario& it) { it.project().is_archived = true; }, "granted"},
    {"16: a read-only repository",
     [](Scenario& it) { it.project().is_repository_read_only = true; },
     "granted"},
};

const std::vector<DecisionExample> kPushes{
    {"17: read-only for now",
     [](Scenario& it) {
         it.pushes();
         it.project().is_repository_read_only = true;
     },
     "17 401 The repository is temporarily read-only. Please try again later."},
    {"17: in the hook",
     [](Scenario& it) {
         it.pushes(updated("refs/heads/x"));
         it.project().is_repository_read_only = true;
     },
     "17 401 The repository is temporarily read-only. Please try again later."},
    {"18: archived",
     [](Scenario& it) {
         it.pushes();
         it.project().is_archived = true;
     },
     "18 401 You can't push code to an archived project."},
    {"18: in the hook",
     [](Scenario& it) {
         it.pushes(updated("refs/heads/x"));
         it.project().is_archived = true;
     },
     "18 401 You can't push code to an archived project."},
    {"17 comes before 18",
     [](Scenario& it) {
         it.pushes();
         it.project().is_repository_read_only = true;
         it.project().is_archived = true;
     },
     "17 401 The repository is temporarily read-only. Please try again later."},
    {"19: a deploy key that only reads",
     [](Scenario& it) {
         it.pushes();
         it.with_deploy_key();
         it.standing.can_deploy_key_push = false;
     },
     "19 401 This deploy key does not have write access to this project."},
    {"20: anonymous on a public project",
     [](Scenario& it) {
         it.pushes();
         make_public(it);
         it.without_user();
     },
     "20 401 You are not allowed to upload code for this project."},
    {"21: a guest",
     [](Scenario& it) {
         it.pushes();
         it.with_role(Role::guest);
     },
     kNoPush},
    {"21: a reporter",
     [](Scenario& it) {
         it.pushes();
         it.with_role(Role::reporter);
     },
     kNoPush},
    {"21: a stranger on a public project",
     [](Scenario& it) {
         it.pushes();
         make_public(it);
         it.with_role(Role::none);
     },
     kNoPush},
    {"21: a developer",
     [](Scenario& it) {
         it.pushes();
         it.with_role(Role::developer);
     },
     "granted"},
    {"21: an administrator",
     [](Scenario& it) {
         it.pushes();
         it.as_admin();
     },
     "granted"},
    {"21: blank changes are any",
     [](Scenario& it) {
         it.pushes();
         it.with_role(Role::reporter);
         it.request.changes = "\n";
     },
     kNoPush},
    {"21: somebody's merge request lets in",
     [](Scenario& it) {
         it.pushes();
         make_public(it);
         it.with_role(Role::none);
         it.standing.collaboration_branches = {"fix"};
     },
     "granted"},
    {"21: a deploy key that writes",
     [](Scenario& it) {
         it.pushes();
         it.with_deploy_key();
         it.with_role(Role::none);
     },
     "granted"},
    {"21: not where the repository is switched off",
     [](Scenario& it) {
         it.pushes();
         it.with_deploy_key();
         it.project().repository_feature = FeatureLevel::disabled;
     },
     kNoPush},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git_access_container)

BOOST_DATA_TEST_CASE(the_namespace_decides, boost::unit_test::data::make(kNamespaces), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(visibility_decides, boost::unit_test::data::make(kVisibility), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(rights_to_fetch_decide, boost::unit_test::data::make(kDownloads), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_DATA_TEST_CASE(rights_to_push_decide, boost::unit_test::data::make(kPushes), example) {
    BOOST_TEST(decide_example(example) == example.expected);
}

BOOST_AUTO_TEST_CASE(a_failed_creation_tells_every_error) {
    const std::vector<std::string> errors{"Path is taken", "Limit reached"};
    const Refusal refusal = creation_failed(errors);
    BOOST_TEST(refusal.status == 422);
    BOOST_TEST(refusal.message == "Could not create project: Path is taken, Limit reached");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access
