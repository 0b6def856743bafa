// PUT /internal/gitlab_subscriptions/users/:user_id/credit_card_validation: a user showed a card.
#pragma once

#include <optional>
#include <string>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/billing/credit_card_validation_store.hpp"
#include "handlers/stores/identity/user_store.hpp"

namespace innergate::handlers::users {

/// A parameter that has to be named may be null: the record's rules judge that.
struct CreditCardValidationRequest {
    std::string user_id;
    std::optional<Timestamp> validated_at;
    std::optional<int> expiration_month;
    std::optional<int> expiration_year;
    std::optional<std::string> holder_name;
    std::optional<std::string> mask_number;
    std::optional<std::string> type;
    std::optional<std::string> zuora_payment_method_xid;
    std::optional<std::string> stripe_setup_intent_xid;
    std::optional<std::string> stripe_payment_method_xid;
    std::optional<std::string> stripe_card_fingerprint;
};

inline constexpr auto kCreditCardValidationParams = params::schema<CreditCardValidationRequest>(
    params::required("user_id", &CreditCardValidationRequest::user_id, "Id or name of the user"),
    params::present(
        "credit_card_validated_at",
        &CreditCardValidationRequest::validated_at,
        "When the card was validated"
    ),
    params::present(
        "credit_card_expiration_month",
        &CreditCardValidationRequest::expiration_month,
        "Month in which the card expires, 1 to 12"
    ),
    params::present(
        "credit_card_expiration_year",
        &CreditCardValidationRequest::expiration_year,
        "Year in which the card expires"
    ),
    params::present(
        "credit_card_holder_name",
        &CreditCardValidationRequest::holder_name,
        "Name on the card, up to 50 characters"
    ),
    params::present(
        "credit_card_mask_number",
        &CreditCardValidationRequest::mask_number,
        "Last digits of the card's number, 0 to 9999"
    ),
    params::present(
        "credit_card_type",
        &CreditCardValidationRequest::type,
        "Network of the card, up to 32 characters"
    ),
    params::optional(
        "zuora_payment_method_xid",
        &CreditCardValidationRequest::zuora_payment_method_xid,
        "Zuora's id of the card, up to 50 characters; no two users share one"
    ),
    params::optional(
        "stripe_setup_intent_xid",
        &CreditCardValidationRequest::stripe_setup_intent_xid,
        "Stripe's id of the set-up, up to 255 characters"
    ),
    params::optional(
        "stripe_payment_method_xid",
        &CreditCardValidationRequest::stripe_payment_method_xid,
        "Stripe's id of the card, up to 255 characters"
    ),
    params::optional(
        "stripe_card_fingerprint",
        &CreditCardValidationRequest::stripe_card_fingerprint,
        "Stripe's fingerprint of the card, up to 255 characters"
    )
);

struct CreditCardValidated {};

constexpr auto shape_of(std::type_identity<CreditCardValidated> /*type*/) {
    return shape::object<CreditCardValidated>(shape::member(
        "success",
        [](const CreditCardValidated& /*reply*/) { return shape::Empty{}; },
        "Always an empty object: the validation is stored"
    ));
}

/// The user's earlier validation is replaced as a whole. Of the card only salted digests are
/// stored, and nothing is logged. Errors: not_found `404 User Not Found`; bad_request without a
/// reason for what cannot be saved, and for a Zuora id that another user has.
[[nodiscard]] Result<CreditCardValidated> credit_card_validation(
    const CreditCardValidationRequest& request,
    UserStore& users,
    CreditCardValidationStore& validations,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
);

}  // namespace innergate::handlers::users
