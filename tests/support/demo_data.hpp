// sql/seeds/demo.json for databases of tests.
#pragma once

#include "app/db/options.hpp"

namespace innergate::test {

/// Imports it into a migrated database, with the key base of InProcessServer.
void import_demo_data(const db::Options& options);

}  // namespace innergate::test
