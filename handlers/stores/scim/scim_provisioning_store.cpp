#include "handlers/stores/scim/scim_provisioning_store.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/domain/scim/refusal.hpp"
#include "handlers/stores/scim/scim_access_store.hpp"
#include "handlers/stores/scim/scim_account_store.hpp"
#include "handlers/stores/scim/scim_creation.hpp"
#include "handlers/stores/scim/scim_identity_store.hpp"
#include "handlers/stores/scim/scim_scope_store.hpp"

namespace innergate::handlers {
namespace {

using domain::scim::already_taken;
using domain::scim::UserState;

auto group_not_found(const auth::ScimCaller& caller) {
    return failure(
        ErrorCode::not_found, fmt::format("Group {} not found", caller.group_path), "group is gone"
    );
}

auto resource_not_found(std::string_view id) {
    return failure(ErrorCode::not_found, fmt::format("Resource {} not found", id));
}

/// Answers what `attempt` answers. Tries again while it answers nothing or another transaction was
/// quicker. Each attempt finds what made the last one fail. So it fails twice only if yet another
/// request was quicker, as in a race of many people for one username.
template <class Attempt>
Result<ScimIdentityId> until_decided(const Attempt& attempt, std::string_view loser) {
    constexpr int kMaxAttempts = 50;
    for (int number = 0; number < kMaxAttempts; ++number) {
        try {
            if (std::optional<Result<ScimIdentityId>> decided = attempt()) {
                return *std::move(decided);
            }
        } catch (const db::UniqueViolation&) {
            // rolled back
        }
    }
    return already_taken(loser);
}

/// An identity that nobody else can change until the transaction ends.
struct Target {
    ScimScope scope;
    ScimIdentity identity;
};

// The order of the locks is always the same: the scope, the account, whatever belongs to them. So
// two changes cannot wait for each other.
Result<Target> lock_target(
    db::Session& session, const auth::ScimCaller& caller, std::string_view id
) {
    auto scope = ScimScopeStore{session}.lock(caller);
    if (!scope) {
        return group_not_found(caller);
    }
    ScimIdentityStore identities{session};
    auto identity = identities.find(*scope, id);
    if (!identity) {
        identity = identities.find_by_alias(*scope, id);
    }
    if (!identity || !ScimAccountStore{session}.lock(identity->user_id)) {
        return resource_not_found(id);
    }
    return Target{.scope = *std::move(scope), .identity = *std::move(identity)};
}

Result<void> check(const ScimPrecondition& precondition, ScimIdentityId id) {
    return precondition ? precondition(id) : Result<void>{};
}

/// The step from one state of an identity to another.
class Step {
public:
    Step(db::Session& session, const Target& target, Timestamp now)
        : scope_(target.scope),
          identity_(target.identity),
          now_(now),
          identities_(session),
          access_(session) {}

    [[nodiscard]] Result<void> make(const std::vector<domain::scim::Change>& changes) {
        const UserState before{
            .id = identity_.extern_uid,
            .active = identity_.is_active,
            .echo_attributes = identities_.echo_attributes(identity_.id),
            .new_aliases = {},
            .drops_aliases = false,
        };
        const UserState after = domain::scim::applied(changes, before);
        if (auto renamed = rename(after); !renamed) {
            return renamed;
        }
        if (auto changed = change_access(after); !changed) {
            return changed;
        }
        if (after.echo_attributes != before.echo_attributes) {
            identities_.set_echo_attributes(identity_.id, after.echo_attributes, now_);
            identities_.touch(identity_.id, now_);
        }
        return {};
    }

private:
    [[nodiscard]] Result<void> rename(const UserState& after) {
        if (after.drops_aliases) {
            identities_.drop_aliases(identity_.id);
        }
        if (after.id != identity_.extern_uid) {
            const auto owner = identities_.find(scope_, after.id);
            if (owner && owner->id != identity_.id) {
                return already_taken("Extern uid");
            }
            auto followed = access_.follow_extern_uid(scope_, identity_.user_id, after.id, now_);
            if (!followed) {
                return followed;
            }
            identities_.set_extern_uid(scope_, identity_.id, after.id, now_);
        }
        identities_.add_aliases(scope_, identity_.id, after.new_aliases, now_);
        return {};
    }

    [[nodiscard]] Result<void> change_access(const UserState& after) {
        if (after.active == identity_.is_active) {
            return {};
        }
        identities_.set_active(identity_.id, after.active, now_);
        return after.active ? access_.grant(scope_, identity_.user_id, after.id, now_)
                            : access_.revoke(scope_, identity_.user_id, now_);
    }

    const ScimScope& scope_;
    const ScimIdentity& identity_;
    Timestamp now_;
    ScimIdentityStore identities_;
    ScimAccessStore access_;
};

}  // namespace

Result<ScimIdentityId> ScimProvisioningStore::create(
    const auth::ScimCaller& caller, const domain::scim::NewUser& user, Timestamp now
) {
    const auto attempt = [&]() -> std::optional<Result<ScimIdentityId>> {
        db::Transaction transaction{session_};
        auto scope = ScimScopeStore{session_}.lock(caller);
        if (!scope) {
            return group_not_found(caller);
        }
        auto created = ScimCreation{session_, *std::move(scope), user, now}.run();
        if (created && created->has_value()) {
            transaction.commit();
        }
        return created;
    };
    return until_decided(attempt, "User");
}

Result<ScimIdentityId> ScimProvisioningStore::change(
    const auth::ScimCaller& caller,
    std::string_view id,
    const std::vector<domain::scim::Change>& changes,
    const ScimPrecondition& precondition,
    Timestamp now
) {
    const auto attempt = [&]() -> std::optional<Result<ScimIdentityId>> {
        db::Transaction transaction{session_};
        auto target = lock_target(session_, caller, id);
        if (!target) {
            return tl::unexpected{std::move(target.error())};
        }
        if (auto met = check(precondition, target->identity.id); !met) {
            return tl::unexpected{std::move(met.error())};
        }
        if (auto made = Step{session_, *target, now}.make(changes); !made) {
            return tl::unexpected{std::move(made.error())};
        }
        transaction.commit();
        return target->identity.id;
    };
    return until_decided(attempt, "Extern uid");
}

Result<void> ScimProvisioningStore::remove(
    const auth::ScimCaller& caller,
    std::string_view id,
    const ScimPrecondition& precondition,
    Timestamp now
) {
    db::Transaction transaction{session_};
    auto target = lock_target(session_, caller, id);
    if (!target) {
        return tl::unexpected{std::move(target.error())};
    }
    if (auto met = check(precondition, target->identity.id); !met) {
        return met;
    }
    if (target->identity.is_active) {
        auto revoked =
            ScimAccessStore{session_}.revoke(target->scope, target->identity.user_id, now);
        if (!revoked) {
            return revoked;
        }
    }
    ScimIdentityStore{session_}.remove(target->identity.id);
    transaction.commit();
    return {};
}

}  // namespace innergate::handlers
