#include "handlers/domain/git_access/user_state.hpp"

#include <boost/test/unit_test.hpp>

#include "handlers/domain/git_access/access_settings.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};

constexpr std::string_view kInternal = "This action cannot be performed by internal users";
constexpr std::string_view kPending =
    "Your account is pending approval from your administrator and hence blocked.";
constexpr std::string_view kTerms =
    "You (@jane) must accept the Terms of Service in order to perform this action. To accept these "
    "terms, please access GitLab from a web browser at https://gitlab.example.com.";
constexpr std::string_view kDeactivated =
    "Your account has been deactivated by your administrator. Please log back in from a web "
    "browser "
    "to reactivate your account at https://gitlab.example.com";
constexpr std::string_view kUnconfirmed =
    "Your primary email address is not confirmed. Please check your inbox for the confirmation "
    "instructions. In case the link is expired, you can request a new confirmation email at "
    "https://gitlab.example.com/users/confirmation/new";
constexpr std::string_view kBlocked = "Your account has been blocked.";
constexpr std::string_view kPassword =
    "Your password expired. Please access GitLab from a web browser to update your password.";

UserFacts jane() {
    UserFacts user;
    user.id = UserId{7};
    user.username = "jane";
    return user;
}

UserFacts in_state(UserState state) {
    UserFacts user = jane();
    user.state = state;
    return user;
}

InstanceFacts with_terms() {
    InstanceFacts instance;
    instance.enforces_terms = true;
    return instance;
}

std::string reason(const UserFacts& user, const InstanceFacts& instance = {}) {
    AccessSettings settings;
    settings.instance_url = "https://gitlab.example.com";
    return reason_not_to_use_git(user, instance, settings, kNow).value_or("none");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(user_states)

BOOST_AUTO_TEST_CASE(an_active_user_may_use_git) {
    BOOST_TEST(reason(jane()) == "none");
    UserFacts user = jane();
    user.has_accepted_terms = true;
    BOOST_TEST(reason(user, with_terms()) == "none");
}

BOOST_AUTO_TEST_CASE(each_state_has_its_text) {
    BOOST_TEST(reason(in_state(UserState::blocked_pending_approval)) == kPending);
    BOOST_TEST(reason(in_state(UserState::deactivated)) == kDeactivated);
    for (const UserState state : {UserState::blocked, UserState::ldap_blocked, UserState::banned}) {
        BOOST_TEST(reason(in_state(state)) == kBlocked);
    }
    BOOST_TEST(reason(jane(), with_terms()) == kTerms);
    UserFacts user = jane();
    user.is_email_confirmed = false;
    BOOST_TEST(reason(user) == kUnconfirmed);
    user = jane();
    user.password_expires_at = kNow;
    BOOST_TEST(reason(user) == kPassword);
    user = jane();
    user.locked_at = kNow;
    BOOST_TEST(reason(user) == kBlocked);
}

BOOST_AUTO_TEST_CASE(internal_users_have_no_git_but_those_gitlab_pushes_with) {
    for (const int type : {1, 2, 3, 5, 9, 11, 12, 14, 15, 16, 17}) {
        UserFacts user = jane();
        user.user_type = type;
        BOOST_TEST(reason(user) == kInternal, type);
    }
    for (const int type : {0, 4, 6, 7, 8, 10, 13}) {
        UserFacts user = jane();
        user.user_type = type;
        BOOST_TEST(reason(user) == "none", type);
    }
}

// Everything is wrong; what was wrong first in GitLab's order is put right, step by step.
BOOST_AUTO_TEST_CASE(the_first_reason_in_order_is_told) {
    UserFacts user = in_state(UserState::blocked_pending_approval);
    user.user_type = 5;
    user.is_email_confirmed = false;
    user.password_expires_at = kNow;
    user.locked_at = kNow;
    BOOST_TEST(reason(user, with_terms()) == kInternal);
    user.user_type = 0;
    BOOST_TEST(reason(user, with_terms()) == kPending);
    user.state = UserState::deactivated;
    BOOST_TEST(reason(user, with_terms()) == kTerms);
    user.has_accepted_terms = true;
    BOOST_TEST(reason(user, with_terms()) == kDeactivated);
    user.state = UserState::blocked;
    BOOST_TEST(reason(user, with_terms()) == kUnconfirmed);
    user.is_email_confirmed = true;
    BOOST_TEST(reason(user, with_terms()) == kBlocked);
    user.state = UserState::active;
    BOOST_TEST(reason(user, with_terms()) == kPassword);
    user.password_expires_at = kNow + std::chrono::milliseconds{1};
    BOOST_TEST(reason(user, with_terms()) == kBlocked);
    user.locked_at.reset();
    BOOST_TEST(reason(user, with_terms()) == "none");
}

BOOST_AUTO_TEST_CASE(a_lock_ends_when_its_time_is_over) {
    using std::chrono::milliseconds;
    using std::chrono::minutes;
    struct Example {
        milliseconds since_locked;
        std::chrono::seconds unlock_in;
        std::string_view reason;
    };
    for (const Example& example :
         {Example{minutes{0}, minutes{10}, kBlocked},
          Example{minutes{10}, minutes{10}, kBlocked},
          Example{minutes{10} + milliseconds{1}, minutes{10}, "none"},
          Example{minutes{60 * 24 * 365}, minutes{10}, "none"},
          Example{minutes{-5}, minutes{10}, kBlocked},
          Example{minutes{10} + milliseconds{1}, minutes{11}, kBlocked},
          Example{milliseconds{1'001}, std::chrono::seconds{1}, "none"}}) {
        UserFacts user = jane();
        user.locked_at = kNow - example.since_locked;
        AccessSettings settings;
        settings.unlock_in = example.unlock_in;
        BOOST_TEST(
            reason_not_to_use_git(user, {}, settings, kNow).value_or("none") == example.reason,
            example.since_locked.count()
        );
    }
}

BOOST_AUTO_TEST_CASE(only_passwords_that_are_used_expire) {
    UserFacts user = jane();
    user.password_expires_at = kNow - std::chrono::days{1};
    user.has_identity = true;
    BOOST_TEST(reason(user) == "none");
    user.has_identity = false;
    user.is_password_automatically_set = true;
    BOOST_TEST(reason(user) == "none");
    user.is_password_automatically_set = false;
    user.user_type = 6;
    BOOST_TEST(reason(user) == "none");
    user.user_type = 0;
    BOOST_TEST(reason(user) == kPassword);
}

BOOST_AUTO_TEST_CASE(bots_have_no_browser_and_no_inbox) {
    UserFacts user = jane();
    user.user_type = 13;
    user.is_email_confirmed = false;
    BOOST_TEST(!is_human(user));
    BOOST_TEST(reason(user, with_terms()) == "none");
    user.state = UserState::blocked;
    BOOST_TEST(reason(user, with_terms()) == kBlocked);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access
