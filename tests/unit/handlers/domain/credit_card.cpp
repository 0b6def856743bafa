#include "handlers/domain/credit_card.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

const CreditCard kCard{
    .expiration_month = 12,
    .expiration_year = 2010,
    .holder_name = "John Smith",
    .mask_number = "1111",
    .type = "American Express",
};

CreditCard with_mask(std::string mask) {
    CreditCard card = kCard;
    card.mask_number = std::move(mask);
    return card;
}

CreditCard expiring(std::optional<int> month, std::optional<int> year) {
    CreditCard card = kCard;
    card.expiration_month = month;
    card.expiration_year = year;
    return card;
}

std::string repeated(std::string_view character, std::size_t times) {
    std::string text;
    for (std::size_t count = 0; count < times; ++count) {
        text += character;
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(credit_card)

BOOST_AUTO_TEST_CASE(traits_are_spelled_in_one_way) {
    const CreditCardTraits expected{
        .last_digits = "1111",
        .holder_name = "john smith",
        .network = "american express",
        .expiration_date = "2010-12-31",
    };
    BOOST_TEST((traits_of(kCard) == expected));
}

BOOST_AUTO_TEST_CASE(last_digits_are_a_number) {
    for (const auto& [mask, digits] : std::initializer_list<std::pair<const char*, const char*>>{
             {"0", "0"}, {"0000", "0"}, {"0042", "42"}, {"9999", "9999"}, {"0000009999", "9999"}}) {
        BOOST_TEST(traits_of(with_mask(mask)).value().last_digits == digits);
    }
    for (const char* const mask :
         {"",
          "10000",
          "-1",
          "+1",
          "1.0",
          "1e3",
          " 1",
          "1 ",
          "12ab",
          "0x1f",
          "99999999999999999999"}) {
        BOOST_TEST(!traits_of(with_mask(mask)).has_value(), mask);
    }
    CreditCard card = kCard;
    card.mask_number.reset();
    BOOST_TEST(!traits_of(card).has_value());
}

BOOST_AUTO_TEST_CASE(card_lives_to_the_last_day_of_its_month) {
    BOOST_TEST(traits_of(expiring(2, 2024)).value().expiration_date == "2024-02-29");
    BOOST_TEST(traits_of(expiring(2, 2023)).value().expiration_date == "2023-02-28");
    BOOST_TEST(traits_of(expiring(1, 0)).value().expiration_date == "0000-01-31");
    BOOST_TEST(traits_of(expiring(12, 9999)).value().expiration_date == "9999-12-31");
    for (const CreditCard& card :
         {expiring(0, 2024),
          expiring(13, 2024),
          expiring(-1, 2024),
          expiring(1, -1),
          expiring(1, 10000),
          expiring(2147483647, 2147483647),
          expiring(std::nullopt, 2024),
          expiring(1, std::nullopt)}) {
        BOOST_TEST(!traits_of(card).has_value());
    }
}

BOOST_AUTO_TEST_CASE(names_are_limited_in_characters_and_may_be_missing) {
    CreditCard card = kCard;
    card.holder_name = repeated("\u00fc", 50);
    card.type = repeated("\u00fc", 32);
    BOOST_TEST(traits_of(card).value().holder_name.value() == *card.holder_name);
    card.holder_name = std::string(51, 'x');
    BOOST_TEST(!traits_of(card).has_value());
    card.holder_name.reset();
    BOOST_TEST(!traits_of(card).value().holder_name.has_value());
    card.type = std::string(33, 'x');
    BOOST_TEST(!traits_of(card).has_value());
    card.type.reset();
    BOOST_TEST(!traits_of(card).value().network.has_value());
}

BOOST_AUTO_TEST_CASE(ids_of_payment_providers_are_limited_in_characters) {
    const PaymentIds longest{
        .zuora_payment_method_xid = repeated("\u00fc", 50),
        .stripe_setup_intent_xid = repeated("\u00fc", 255),
        .stripe_payment_method_xid = std::string(255, 'x'),
        .stripe_card_fingerprint = std::string(255, 'x'),
    };
    BOOST_TEST(can_be_saved(longest));
    BOOST_TEST(can_be_saved(PaymentIds{}));
    for (const auto member :
         {&PaymentIds::zuora_payment_method_xid,
          &PaymentIds::stripe_setup_intent_xid,
          &PaymentIds::stripe_payment_method_xid,
          &PaymentIds::stripe_card_fingerprint}) {
        // NOLINTNEXTLINE(misc-const-correctness): changed by way of its member's address
        PaymentIds ids = longest;
        (ids.*member)->push_back('x');
        BOOST_TEST(!can_be_saved(ids));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
