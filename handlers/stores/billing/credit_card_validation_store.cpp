#include "handlers/stores/billing/credit_card_validation_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kPut{
    "user_credit_card_validations.put",
    R"sql(
    insert into user_credit_card_validations
           (user_id, credit_card_validated_at, last_digits_hash, holder_name_hash, network_hash,
            expiration_date_hash, zuora_payment_method_xid, stripe_setup_intent_xid,
            stripe_payment_method_xid, stripe_card_fingerprint, created_at, updated_at)
    values (:user_id, :validated_at, :last_digits_hash, :holder_name_hash, :network_hash,
            :expiration_date_hash, :zuora_payment_method_xid, :stripe_setup_intent_xid,
            :stripe_payment_method_xid, :stripe_card_fingerprint, :now, :now)
        on conflict (user_id) do update
       set credit_card_validated_at = excluded.credit_card_validated_at,
           last_digits_hash = excluded.last_digits_hash,
           holder_name_hash = excluded.holder_name_hash,
           network_hash = excluded.network_hash,
           expiration_date_hash = excluded.expiration_date_hash,
           zuora_payment_method_xid = excluded.zuora_payment_method_xid,
           stripe_setup_intent_xid = excluded.stripe_setup_intent_xid,
           stripe_payment_method_xid = excluded.stripe_payment_method_xid,
           stripe_card_fingerprint = excluded.stripe_card_fingerprint,
           updated_at = excluded.updated_at)sql",
    db::Access::write,
};

}  // namespace

SavedValidation CreditCardValidationStore::save(
    const CreditCardValidation& validation, Timestamp now
) {
    // Two requests may bring a user's first validation at once, with the same Zuora id. PostgreSQL
    // may then tell the second that the id is taken before it sees whose it is. On another try
    // there is a row of the user to update. If the id is taken then, somebody else has it. Users
    // who swap their ids wait for each other until PostgreSQL refuses one of them. Each id is taken
    // then, too.
    constexpr int kTries = 2;
    for (int attempt = 1; attempt <= kTries; ++attempt) {
        try {
            put(validation, now);
            return SavedValidation::saved;
        } catch (const db::UniqueViolation&) {
            continue;
        } catch (const db::ConstraintViolation&) {
            return SavedValidation::no_user;
        } catch (const db::Conflict&) {
            continue;
        }
    }
    return SavedValidation::zuora_id_is_taken;
}

void CreditCardValidationStore::put(const CreditCardValidation& validation, Timestamp now) {
    const domain::PaymentIds& ids = validation.payment_ids;
    session_.execute(
        kPut,
        soci::use(validation.user_id.value, "user_id"),
        soci::use(validation.validated_at, "validated_at"),
        soci::use(validation.last_digits_hash, "last_digits_hash"),
        soci::use(validation.holder_name_hash, "holder_name_hash"),
        soci::use(validation.network_hash, "network_hash"),
        soci::use(validation.expiration_date_hash, "expiration_date_hash"),
        soci::use(ids.zuora_payment_method_xid, "zuora_payment_method_xid"),
        soci::use(ids.stripe_setup_intent_xid, "stripe_setup_intent_xid"),
        soci::use(ids.stripe_payment_method_xid, "stripe_payment_method_xid"),
        soci::use(ids.stripe_card_fingerprint, "stripe_card_fingerprint"),
        soci::use(now, "now")
    );
}

}  // namespace innergate::handlers
