#include "handlers/domain/git_access/user_state.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "handlers/domain/git_access/access_settings.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

// GitLab's numbers of users.user_type.
constexpr int kHuman = 0;
constexpr int kServiceUser = 4;
constexpr int kProjectBot = 6;
constexpr int kMigrationBot = 7;
constexpr int kSecurityBot = 8;
constexpr int kSecurityPolicyBot = 10;
constexpr int kServiceAccount = 13;

constexpr std::string_view kBlocked = "Your account has been blocked.";

bool is_internal_without_git(const UserFacts& user) {
    constexpr std::array kWithGit{
        kHuman,
        kServiceUser,
        kProjectBot,
        kMigrationBot,
        kSecurityBot,
        kSecurityPolicyBot,
        kServiceAccount};
    return std::ranges::find(kWithGit, user.user_type) == kWithGit.end();
}

bool is_password_expired(const UserFacts& user, Timestamp now) {
    const bool has_password_of_its_own = !user.has_identity && !user.is_password_automatically_set;
    return has_password_of_its_own && user.password_expires_at && *user.password_expires_at <= now;
}

bool is_blocked(UserState state) {
    return state == UserState::blocked || state == UserState::ldap_blocked ||
           state == UserState::banned;
}

/// At the last moment of that time the account is still locked.
bool is_locked(const UserFacts& user, std::chrono::seconds unlock_in, Timestamp now) {
    return user.locked_at && *user.locked_at + unlock_in >= now;
}

std::string terms_text(const UserFacts& user, std::string_view instance_url) {
    std::string text = "You (@" + user.username + ") must accept the Terms of Service in order to ";
    text +=
        "perform this action. To accept these terms, please access GitLab from a web browser at ";
    text += instance_url;
    return text + ".";
}

// GitLab's text ends without a full stop.
std::string deactivated_text(std::string_view instance_url) {
    std::string text =
        "Your account has been deactivated by your administrator. Please log back in ";
    text += "from a web browser to reactivate your account at ";
    text += instance_url;
    return text;
}

std::string unconfirmed_text(std::string_view instance_url) {
    std::string text =
        "Your primary email address is not confirmed. Please check your inbox for the ";
    text += "confirmation instructions. In case the link is expired, you can request a new ";
    text += "confirmation email at ";
    text += instance_url;
    return text + "/users/confirmation/new";
}

}  // namespace

bool is_human(const UserFacts& user) {
    return user.user_type == kHuman;
}

std::optional<std::string> reason_not_to_use_git(
    const UserFacts& user,
    const InstanceFacts& instance,
    const AccessSettings& settings,
    Timestamp now
) {
    if (is_internal_without_git(user)) {
        return "This action cannot be performed by internal users";
    }
    if (user.state == UserState::blocked_pending_approval) {
        return "Your account is pending approval from your administrator and hence blocked.";
    }
    if (is_human(user) && instance.enforces_terms && !user.has_accepted_terms) {
        return terms_text(user, settings.instance_url);
    }
    if (user.state == UserState::deactivated) {
        return deactivated_text(settings.instance_url);
    }
    if (is_human(user) && !user.is_email_confirmed) {
        return unconfirmed_text(settings.instance_url);
    }
    if (is_blocked(user.state)) {
        return std::string{kBlocked};
    }
    if (is_human(user) && is_password_expired(user, now)) {
        return "Your password expired. Please access GitLab from a web browser to update your "
               "password.";
    }
    if (is_locked(user, settings.unlock_in, now)) {
        return std::string{kBlocked};
    }
    return std::nullopt;
}

}  // namespace innergate::handlers::domain::git_access
