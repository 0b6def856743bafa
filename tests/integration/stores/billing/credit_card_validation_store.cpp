#include "handlers/stores/billing/credit_card_validation_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using handlers::SavedValidation;

struct Validations : StoreDatabase {
    explicit Validations(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into users (id, username, name, email) "
               "values (1, 'one', 'One', 'one@example.com'), (2, 'two', 'Two', 'two@example.com')"}
          ),
          store(session) {}

    SavedValidation save(long long user_id, const std::string& zuora_id) {
        handlers::CreditCardValidation validation;
        validation.user_id = UserId{user_id};
        validation.payment_ids.zuora_payment_method_xid = zuora_id;
        return store.save(validation, Timestamp{});
    }

    handlers::CreditCardValidationStore store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(credit_card_validation_store)

BOOST_DATA_TEST_CASE(what_became_of_it_is_told, dialects(), dialect) {
    Validations validations{dialect};
    BOOST_TEST((validations.save(1, "abc") == SavedValidation::saved));
    BOOST_TEST((validations.save(2, "abc") == SavedValidation::zuora_id_is_taken));
    BOOST_TEST((validations.save(1, "def") == SavedValidation::saved));
    BOOST_TEST((validations.save(2, "abc") == SavedValidation::saved));
}

// Who was there when the request began may be gone when it writes.
BOOST_DATA_TEST_CASE(user_may_be_gone, dialects(), dialect) {
    Validations validations{dialect};
    BOOST_TEST((validations.save(3, "abc") == SavedValidation::no_user));
    BOOST_TEST((validations.save(1, "abc") == SavedValidation::saved));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
