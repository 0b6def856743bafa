#include "handlers/users/credit_card_validation.hpp"

#include "app/auth/salted_digest.hpp"
#include "handlers/domain/credit_card.hpp"

namespace innergate::handlers::users {
namespace {

domain::CreditCard card_of(const CreditCardValidationRequest& request) {
    return {
        .expiration_month = request.expiration_month,
        .expiration_year = request.expiration_year,
        .holder_name = request.holder_name,
        .mask_number = request.mask_number,
        .type = request.type,
    };
}

domain::PaymentIds payment_ids_of(const CreditCardValidationRequest& request) {
    return {
        .zuora_payment_method_xid = request.zuora_payment_method_xid,
        .stripe_setup_intent_xid = request.stripe_setup_intent_xid,
        .stripe_payment_method_xid = request.stripe_payment_method_xid,
        .stripe_card_fingerprint = request.stripe_card_fingerprint,
    };
}

/// Neither the answer nor the log says why: the reason would tell something about the card.
tl::unexpected<Error> cannot_be_saved() {
    return failure(ErrorCode::bad_request, "400 Bad request", "credit card validation");
}

tl::unexpected<Error> user_not_found() {
    return failure(ErrorCode::not_found, "404 User Not Found");
}

}  // namespace

Result<CreditCardValidated> credit_card_validation(
    const CreditCardValidationRequest& request,
    UserStore& users,
    CreditCardValidationStore& validations,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
) {
    const auto user = users.find(request.user_id);
    if (!user) {
        return user_not_found();
    }
    const auto traits = domain::traits_of(card_of(request));
    CreditCardValidation validation{
        .user_id = user->id,
        .validated_at = request.validated_at.value_or(Timestamp{}),
        .last_digits_hash = {},
        .holder_name_hash = {},
        .network_hash = {},
        .expiration_date_hash = {},
        .payment_ids = payment_ids_of(request),
    };
    if (!request.validated_at || !traits || !domain::can_be_saved(validation.payment_ids)) {
        return cannot_be_saved();
    }
    const auto digest = [&db_key_base](const std::string& trait) {
        return auth::salted_digest(trait, db_key_base.secret);
    };
    const auto digest_if_any = [&digest](const std::optional<std::string>& trait) {
        return trait ? std::optional{digest(*trait)} : std::nullopt;
    };
    validation.last_digits_hash = digest(traits->last_digits);
    validation.holder_name_hash = digest_if_any(traits->holder_name);
    validation.network_hash = digest_if_any(traits->network);
    validation.expiration_date_hash = digest(traits->expiration_date);
    switch (validations.save(validation, clock.now())) {
        case SavedValidation::saved:
            return CreditCardValidated{};
        case SavedValidation::no_user:
            return user_not_found();
        case SavedValidation::zuora_id_is_taken:
            break;
    }
    return cannot_be_saved();
}

}  // namespace innergate::handlers::users
