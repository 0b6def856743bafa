#include "handlers/domain/credit_card.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

#include "app/ascii.hpp"
#include "app/characters.hpp"
#include "app/decimal.hpp"
#include "app/time_format.hpp"

namespace innergate::handlers::domain {
namespace {

constexpr int kLatestYear = 9999;
constexpr unsigned kLargestMask = 9999;
constexpr std::size_t kLongestHolderName = 50;
constexpr std::size_t kLongestType = 32;
constexpr std::size_t kLongestZuoraId = 50;
constexpr std::size_t kLongestStripeId = 255;

bool fits(const std::optional<std::string>& text, std::size_t limit) {
    return !text || count_characters(*text) <= limit;
}

std::optional<std::string> lower(const std::optional<std::string>& text) {
    return text ? std::optional{ascii::lower(*text)} : std::nullopt;
}

/// Digits only: `+1`, `1.0` and ` 1` are none.
std::optional<unsigned> last_digits(std::string_view mask) {
    const auto number = parse_decimal<unsigned>(mask);
    return number && *number <= kLargestMask ? number : std::nullopt;
}

std::optional<Date> last_day(int month, int year) {
    if (month < 1 || month > 12 || year < 0 || year > kLatestYear) {
        return std::nullopt;
    }
    return Date{std::chrono::year{year} / month / std::chrono::last};
}

}  // namespace

std::optional<CreditCardTraits> traits_of(const CreditCard& card) {
    if (!card.expiration_month || !card.expiration_year || !card.mask_number) {
        return std::nullopt;
    }
    const auto digits = last_digits(*card.mask_number);
    const auto expiry = last_day(*card.expiration_month, *card.expiration_year);
    if (!digits || !expiry || !fits(card.holder_name, kLongestHolderName) ||
        !fits(card.type, kLongestType)) {
        return std::nullopt;
    }
    return CreditCardTraits{
        .last_digits = std::to_string(*digits),
        .holder_name = lower(card.holder_name),
        .network = lower(card.type),
        .expiration_date = to_iso8601(*expiry),
    };
}

bool can_be_saved(const PaymentIds& ids) {
    return fits(ids.zuora_payment_method_xid, kLongestZuoraId) &&
           fits(ids.stripe_setup_intent_xid, kLongestStripeId) &&
           fits(ids.stripe_payment_method_xid, kLongestStripeId) &&
           fits(ids.stripe_card_fingerprint, kLongestStripeId);
}

}  // namespace innergate::handlers::domain
