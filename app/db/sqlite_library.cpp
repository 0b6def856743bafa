#include "app/db/sqlite_library.hpp"

// Included by itself, because SOCI's header puts all of it into a namespace of its own.
#include <sqlite3.h>

namespace innergate::db {

void tune_sqlite() {
    [[maybe_unused]] static const bool is_done =
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
        sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0) == SQLITE_OK;
}

}  // namespace innergate::db
