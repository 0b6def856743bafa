// What is kept of a credit card that a user showed to the billing portal.
#pragma once

#include <optional>
#include <string>

namespace innergate::handlers::domain {

/// As the portal tells it. Never stored, never logged.
struct CreditCard {
    std::optional<int> expiration_month;
    std::optional<int> expiration_year;
    std::optional<std::string> holder_name;
    std::optional<std::string> mask_number;  ///< its last digits
    std::optional<std::string> type;         ///< the network, such as Visa
};

/// The traits by which a card is recognised, spelled as GitLab digests them.
struct CreditCardTraits {
    std::string last_digits;                 ///< without leading zeros
    std::optional<std::string> holder_name;  ///< in lower case
    std::optional<std::string> network;      ///< in lower case
    std::string expiration_date;             ///< last day of the month, `2010-12-31`

    friend bool operator==(const CreditCardTraits&, const CreditCardTraits&) = default;
};

/// Nothing where no card can be like this. A card has a month 1 to 12, year 0 to 9999, digits that
/// are a number up to 9999, a name of up to 50 and a type of up to 32 characters; name and type may
/// be missing. A date in the past is accepted. Only letters of ASCII are put into lower case;
/// others stay as they are.
[[nodiscard]] std::optional<CreditCardTraits> traits_of(const CreditCard& card);

/// Under which ids the payment providers know the card.
struct PaymentIds {
    std::optional<std::string> zuora_payment_method_xid;
    std::optional<std::string> stripe_setup_intent_xid;
    std::optional<std::string> stripe_payment_method_xid;
    std::optional<std::string> stripe_card_fingerprint;
};

/// Up to 50 characters for Zuora's, 255 for those of Stripe.
[[nodiscard]] bool can_be_saved(const PaymentIds& ids);

}  // namespace innergate::handlers::domain
