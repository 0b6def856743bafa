// A database with 100 000 rows in each table that grows with the instance.
#pragma once

#include "tests/support/test_database.hpp"

namespace innergate::test {

/// Filled once for all tests, which must not change it.
TestDatabase& large_database(db::Dialect dialect);

}  // namespace innergate::test
