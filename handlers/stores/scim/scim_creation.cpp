#include "handlers/stores/scim/scim_creation.hpp"

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "app/ascii.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers {
namespace {

using domain::scim::already_taken;

std::string new_extern_uid() {
    thread_local boost::uuids::random_generator_mt19937 generate;
    return boost::uuids::to_string(generate());
}

}  // namespace

std::optional<Result<ScimIdentityId>> ScimCreation::run() {
    auto match = find_match();
    if (!match) {
        return tl::unexpected{std::move(match.error())};
    }
    if (match->identity) {
        if (!accounts_.lock(match->identity->user_id)) {
            return std::nullopt;
        }
        return provision_again(*match->identity);
    }
    if (!match->account) {
        return link(accounts_.add(scope_, user_, now_));
    }
    if (!accounts_.lock(*match->account)) {
        return std::nullopt;
    }
    if (scope_.enforces_sso && !access_.has_saml_identity(scope_, *match->account)) {
        return failure(
            ErrorCode::precondition_failed,
            "The member's email address is not linked to a SAML account or has an inactive SCIM "
            "identity.",
            "enforced SSO"
        );
    }
    return link(*match->account);
}

Result<ScimCreation::Match> ScimCreation::find_match() {
    if (!scopes_.allows_email(scope_, user_.email)) {
        return failure(
            ErrorCode::precondition_failed,
            "The member's email address is not allowed for this group. Check with your "
            "administrator.",
            "email domain"
        );
    }
    auto account = find_account();
    if (!account) {
        return tl::unexpected{std::move(account.error())};
    }
    auto identity = find_identity(*account);
    if (!identity) {
        return tl::unexpected{std::move(identity.error())};
    }
    const auto namesake = identities_.find_by_user_name(scope_, user_.user_name);
    if (namesake && (!*identity || (*identity)->id != *namesake)) {
        return already_taken("Username");
    }
    return Match{.identity = *std::move(identity), .account = *account};
}

Result<std::optional<UserId>> ScimCreation::find_account() {
    const auto by_email = accounts_.find_by_email(user_.email);
    if (by_email && !by_email->is_human) {
        return already_taken("Email");
    }
    const auto by_saml = user_.id ? accounts_.find_by_saml(scope_, *user_.id) : std::nullopt;
    if (by_saml && by_email && *by_saml != by_email->user_id) {
        return already_taken("User");
    }
    if (by_saml) {
        return by_saml;
    }
    return by_email ? std::optional{by_email->user_id} : std::nullopt;
}

Result<std::optional<ScimIdentity>> ScimCreation::find_identity(std::optional<UserId> account) {
    auto by_id = user_.id ? identities_.find(scope_, *user_.id) : std::nullopt;
    auto by_account = account ? identities_.find_by_user(scope_, *account) : std::nullopt;
    if (by_id && by_account && by_id->id != by_account->id) {
        return already_taken("User");
    }
    if (by_id && by_id->is_active) {
        return already_taken("Extern uid");
    }
    if (by_account && by_account->is_active) {
        return already_taken("User");
    }
    return by_id ? std::move(by_id) : std::move(by_account);
}

Result<ScimIdentityId> ScimCreation::provision_again(const ScimIdentity& identity) {
    // If the provider names no id, the identity keeps the one it has.
    const std::string extern_uid = user_.id.value_or(identity.extern_uid);
    if (extern_uid != identity.extern_uid) {
        auto followed = access_.follow_extern_uid(scope_, identity.user_id, extern_uid, now_);
        if (!followed) {
            return tl::unexpected{std::move(followed.error())};
        }
        identities_.set_extern_uid(scope_, identity.id, extern_uid, now_);
        const std::string& alias = identity.extern_uid;
        identities_.add_aliases(scope_, identity.id, {{ascii::lower(alias), alias}}, now_);
    }
    identities_.replace(identity.id, user_, now_);
    auto granted = grant_if_active(identity.user_id, extern_uid);
    if (!granted) {
        return tl::unexpected{std::move(granted.error())};
    }
    return identity.id;
}

Result<ScimIdentityId> ScimCreation::link(UserId account) {
    const std::string extern_uid = user_.id ? *user_.id : new_extern_uid();
    const ScimIdentityId id = identities_.add(scope_, account, extern_uid, user_, now_);
    auto granted = grant_if_active(account, extern_uid);
    if (!granted) {
        return tl::unexpected{std::move(granted.error())};
    }
    return id;
}

Result<void> ScimCreation::grant_if_active(UserId account, const std::string& extern_uid) {
    return user_.active ? access_.grant(scope_, account, extern_uid, now_) : Result<void>{};
}

}  // namespace innergate::handlers
