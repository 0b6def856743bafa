// Import and export of what is sold and of cards that were shown.
#include <array>
#include <ostream>
#include <string>
#include <string_view>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/admin/admin_database.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;

namespace {

/// Every column but the times the database sets itself.
constexpr std::string_view kDocument = R"({
    "users": [
        {"id": 1, "username": "a", "name": "A", "email": "a@example.com"},
        {"id": 2, "username": "b", "name": "B", "email": "b@example.com"}],
    "namespaces": [
        {"id": 1, "type": "Group", "name": "g", "path": "g"},
        {"id": 2, "type": "User", "name": "A", "path": "a", "owner_id": 1}],
    "subscription_add_ons": [
        {"id": 3, "name": "code_suggestions", "description": "Code Suggestions"}],
    "subscription_add_on_purchases": [
        {"id": 4, "subscription_add_on_id": 3, "namespace_id": 1, "quantity": 2147483647,
         "started_at": "2024-02-29", "expires_on": "2024-01-01", "purchase_xid": "A-S1",
         "trial": true}],
    "ci_minutes_additional_packs": [
        {"id": 5, "namespace_id": 2, "number_of_minutes": -2147483648, "expires_at": "2022-01-01",
         "purchase_xid": "xid"}],
    "namespaces_storage_limit_exclusions": [
        {"id": 6, "namespace_id": 1, "reason": "an \"ümlaut\" \\ \u20ac"}],
    "upcoming_reconciliations": [
        {"id": 7, "namespace_id": 1, "next_reconciliation_date": "2021-06-13",
         "display_alert_from": "2021-06-06"}],
    "user_credit_card_validations": [
        {"user_id": 2, "credit_card_validated_at": "2020-01-01T00:00:00.250Z",
         "last_digits_hash": "l", "holder_name_hash": "h", "network_hash": "n",
         "expiration_date_hash": "e", "zuora_payment_method_xid": "z",
         "stripe_setup_intent_xid": "si", "stripe_payment_method_xid": "sp",
         "stripe_card_fingerprint": "sf"},
        {"user_id": 1, "credit_card_validated_at": "2020-01-01T00:00:00.000Z"}],
    "group_notification_emails": [
        {"id": 8, "user_id": 1, "namespace_id": 1, "email": "for-g@example.com"}]})";

constexpr std::array<const char*, 7> kTables{
    "subscription_add_ons",
    "subscription_add_on_purchases",
    "ci_minutes_additional_packs",
    "namespaces_storage_limit_exclusions",
    "upcoming_reconciliations",
    "user_credit_card_validations",
    "group_notification_emails",
};

struct Example {
    const char* name;
    const char* document;
    const char* refusal;
};

std::ostream& operator<<(std::ostream& out, const Example& example) {
    return out << example.name;
}

constexpr std::array kFaults{
    Example{
        "a purchase of no add-on",
        R"({"subscription_add_on_purchases": [{"id": 4, "subscription_add_on_id": 9}]})",
        "file:1:36: table subscription_add_on_purchases, row 1, column subscription_add_on_id: "
        "there is no row with id 9 in subscription_add_ons"},
    Example{
        "a purchase of nothing",
        R"({"subscription_add_on_purchases": [{"id": 4, "quantity": 0}]})",
        "file:1:36: table subscription_add_on_purchases, row 1, column quantity: must fulfil "
        "quantity >= 1"},
    Example{
        "a quantity beyond 32 bits",
        R"({"subscription_add_on_purchases": [{"id": 4, "quantity": 2147483648}]})",
        "file:1:58: table subscription_add_on_purchases, row 1, column quantity: must be from "
        "-2147483648 to 2147483647"},
    Example{
        "an add-on without a description",
        R"({"subscription_add_ons": [{"name": "x"}]})",
        "file:1:27: table subscription_add_ons, row 1, column description: is missing"},
    Example{
        "an add-on twice",
        R"({"subscription_add_ons": [{"id": 9, "name": "code_suggestions", "description": "d"}]})",
        "file:1:27: table subscription_add_ons, row 1, column name: another row has this value "
        "already"},
    Example{
        "a purchase_xid of another pack",
        R"({"ci_minutes_additional_packs": [{"id": 9, "namespace_id": 1, "number_of_minutes": 1,)"
        R"( "expires_at": "2022-01-01", "purchase_xid": "xid"}]})",
        "file:1:34: table ci_minutes_additional_packs, row 1, column purchase_xid: another row "
        "has this value already"},
    Example{
        "a pack without a day",
        R"({"ci_minutes_additional_packs": [{"id": 5, "expires_at": null}]})",
        "file:1:58: table ci_minutes_additional_packs, row 1, column expires_at: must not be "
        "null"},
    Example{
        "an exclusion of no namespace",
        R"({"namespaces_storage_limit_exclusions": [{"namespace_id": 9, "reason": "r"}]})",
        "file:1:42: table namespaces_storage_limit_exclusions, row 1, column namespace_id: there "
        "is no row with id 9 in namespaces"},
    Example{
        "an exclusion for no reason",
        R"({"namespaces_storage_limit_exclusions": [{"id": 6, "reason": ""}]})",
        "file:1:42: table namespaces_storage_limit_exclusions, row 1, column reason: must fulfil "
        "reason <> '' AND length(reason) <= 255"},
    Example{
        "a day that is none",
        R"({"upcoming_reconciliations": [{"id": 7, "display_alert_from": "06 Jun 2021"}]})",
        "file:1:63: table upcoming_reconciliations, row 1, column display_alert_from: must be a "
        "date such as \"2020-07-15\""},
    Example{
        "a validation of nobody",
        R"({"user_credit_card_validations": [)"
        "\n"
        R"({"user_id": 9, "credit_card_validated_at": "2020-01-01T00:00:00.000Z"}]})",
        "file:2:1: table user_credit_card_validations, row 1, column user_id: there is no row "
        "with id 9 in users"},
    Example{
        "a validation without user",
        R"({"user_credit_card_validations": [{"zuora_payment_method_xid": "z"}]})",
        "file:1:35: table user_credit_card_validations, row 1, column user_id: is missing"},
    Example{
        "a validation for null",
        R"({"user_credit_card_validations": [{"user_id": null}]})",
        "file:1:47: table user_credit_card_validations, row 1, column user_id: must not be null"},
    Example{
        "a user's validation twice",
        R"({"user_credit_card_validations": [{"user_id": 1}, {"user_id": 1}]})",
        "file:1:51: table user_credit_card_validations, row 2, column user_id: 1 is given twice, "
        "in row 1 too"},
    Example{
        "a payment method of another user",
        R"({"user_credit_card_validations": [{"user_id": 1, "zuora_payment_method_xid": "z"}]})",
        "file:1:35: table user_credit_card_validations, row 1, column zuora_payment_method_xid: "
        "another row has this value already"},
    Example{
        "a validation that has no id",
        R"({"user_credit_card_validations": [{"id": 1}]})",
        "file:1:42: table user_credit_card_validations, row 1, column id: there is no such "
        "column"},
    Example{
        "an address that is empty",
        R"({"group_notification_emails": [{"id": 8, "email": ""}]})",
        "file:1:32: table group_notification_emails, row 1, column email: must fulfil email <> "
        "''"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_billing_import)

BOOST_DATA_TEST_CASE(
    what_is_exported_imports_into_any_database,
    data::make(test::dialects()) * data::make(test::dialects()),
    from,
    to
) {
    test::AdminDatabase first{from};
    first.import(kDocument);
    const std::string exported = first.exported();
    test::AdminDatabase second{to};
    second.import(exported);
    BOOST_TEST((second.exported() == exported));
    for (const char* const table : kTables) {
        BOOST_TEST(
            (second.exported({table}).find("\"" + std::string{table} + "\": []") ==
             std::string::npos),
            table
        );
    }
}

BOOST_DATA_TEST_CASE(importing_twice_changes_nothing, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kDocument);
    const std::string once = database.exported();
    for (const admin::TableCount& count : database.import(kDocument)) {
        BOOST_TEST(count.inserted == 0U, count.table);
    }
    BOOST_TEST((database.exported() == once));
}

BOOST_DATA_TEST_CASE(rows_are_known_by_what_is_unique, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kDocument);
    const auto counts = database.import(R"({
        "subscription_add_ons": [{"name": "code_suggestions", "description": "d"}],
        "subscription_add_on_purchases": [
            {"subscription_add_on_id": 3, "namespace_id": 1, "quantity": 7}],
        "ci_minutes_additional_packs": [{"purchase_xid": "xid", "number_of_minutes": 7}],
        "namespaces_storage_limit_exclusions": [{"namespace_id": 1, "reason": "7"}],
        "upcoming_reconciliations": [
            {"namespace_id": 1, "next_reconciliation_date": "2021-07-07"}],
        "user_credit_card_validations": [{"user_id": 2, "network_hash": "7"}],
        "group_notification_emails": [
            {"user_id": 1, "namespace_id": 1, "email": "7@example.com"}]})");
    for (const admin::TableCount& count : counts) {
        BOOST_TEST(count.updated == 1U, count.table);
        BOOST_TEST(count.inserted == 0U, count.table);
    }
    BOOST_TEST(counts.size() == kTables.size());
    BOOST_TEST(database.look("select quantity from subscription_add_on_purchases") == "7");
    BOOST_TEST(database.look("select reason from namespaces_storage_limit_exclusions") == "7");
    BOOST_TEST(
        database.look("select network_hash || holder_name_hash || zuora_payment_method_xid from "
                      "user_credit_card_validations where user_id = 2") == "7hz"
    );
    BOOST_TEST(database.look("select email from group_notification_emails") == "7@example.com");
}

BOOST_DATA_TEST_CASE(rows_come_before_what_they_belong_to, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(R"({
        "user_credit_card_validations": [
            {"user_id": 1, "credit_card_validated_at": "2020-01-01T00:00:00.000Z"}],
        "users": [{"id": 1, "username": "a", "name": "A", "email": "a@example.com"}]})");
    BOOST_TEST(database.look("select user_id from user_credit_card_validations") == "1");
}

BOOST_DATA_TEST_CASE(new_rows_are_numbered_behind_the_imported, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kDocument);
    database->session().execute_once(
        "insert into namespaces_storage_limit_exclusions (namespace_id, reason) values (2, 'r')"
    );
    BOOST_TEST(database.look("select max(id) from namespaces_storage_limit_exclusions") == "7");
}

BOOST_DATA_TEST_CASE(
    refused_with_place_and_reason,
    data::make(test::dialects()) * data::make(kFaults),
    dialect,
    example
) {
    test::AdminDatabase database{dialect};
    database.import(kDocument);
    const std::string before = database.exported();
    BOOST_TEST(database.refusal(example.document) == example.refusal);
    BOOST_TEST((database.exported() == before));
}

BOOST_DATA_TEST_CASE(texts_end_at_their_limit, data::make(test::dialects())) {
    test::AdminDatabase database{sample};
    database.import(kDocument);
    // Characters count, not bytes.
    const auto text_of = [](std::size_t length) {
        std::string text;
        for (std::size_t at = 0; at < length; ++at) {
            text += "ü";
        }
        return text;
    };
    const auto refusal = [&](const std::string& reason) {
        return database.refusal(
            R"({"namespaces_storage_limit_exclusions": [{"id": 6, "reason": ")" + reason + "\"}]}"
        );
    };
    constexpr std::size_t kLimit = 255;
    BOOST_TEST(refusal(text_of(kLimit)).empty());
    BOOST_TEST(refusal(text_of(kLimit + 1)).ends_with("length(reason) <= 255"));
}

BOOST_AUTO_TEST_SUITE_END()
