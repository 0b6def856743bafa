// The records that users showed a credit card to the billing portal.
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/credit_card.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The card itself is not in it, only salted digests of its traits.
struct CreditCardValidation {
    UserId user_id;
    Timestamp validated_at;
    std::string last_digits_hash;
    std::optional<std::string> holder_name_hash;
    std::optional<std::string> network_hash;
    std::string expiration_date_hash;
    domain::PaymentIds payment_ids;
};

enum class SavedValidation { saved, no_user, zuora_id_is_taken };

class CreditCardValidationStore {
public:
    explicit CreditCardValidationStore(db::Session& session) : session_(session) {}

    /// Replaces the user's only validation by this one. Values that this one lacks are gone.
    [[nodiscard]] SavedValidation save(const CreditCardValidation& validation, Timestamp now);

private:
    void put(const CreditCardValidation& validation, Timestamp now);

    db::Session& session_;
};

}  // namespace innergate::handlers
