// The settings as the program uses them: one struct per subject, each in a header of its own,
// filled once at start, const after. Where they come from (command line, environment, file) and
// what each key is called is in keys.cpp.
#pragma once

#include <map>

#include "app/settings/access.hpp"
#include "app/settings/billing.hpp"
#include "app/settings/database.hpp"
#include "app/settings/features.hpp"
#include "app/settings/git_checks.hpp"
#include "app/settings/instance.hpp"
#include "app/settings/jobs.hpp"
#include "app/settings/kas.hpp"
#include "app/settings/limits.hpp"
#include "app/settings/logging.hpp"
#include "app/settings/pool_name.hpp"
#include "app/settings/pools.hpp"
#include "app/settings/secrets.hpp"
#include "app/settings/storages.hpp"
#include "app/settings/tokens.hpp"

namespace innergate::settings {

struct Settings {
    Instance instance;
    Secrets secrets;
    Database database;
    std::map<PoolName, Pool> pools{{PoolName::internal, {}}, {PoolName::public_, {}}};
    Limits limits;
    Features features;
    Kas kas;
    Billing billing;
    Access access;
    Storages storages{{"default", {}}};
    Checks checks;
    Tokens tokens;
    Jobs jobs;
    Logging logging;
};

}  // namespace innergate::settings
