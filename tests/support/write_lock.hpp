// Another writer, which takes long: what waits for its lock is ended by a time-out.
#pragma once

#include <string>

#include "tests/support/test_database.hpp"

namespace innergate::test {

/// Time-outs for those that wait. They are short, but long enough for any statement that need not
/// wait, however busy the machine is.
inline constexpr Timeouts kImpatient{
    .busy = std::chrono::seconds{1}, .statement = std::chrono::milliseconds{2'000}};

/// On SQLite the lock of the whole database; on PostgreSQL that of the rows which `select … for
/// update` names. Uses the database's own session until it is destroyed.
class WriteLock {
public:
    WriteLock(TestDatabase& database, const std::string& select_on_postgresql)
        : session_(database.session()) {
        if (session_.dialect() == db::Dialect::sqlite) {
            session_.execute_once("begin immediate");
        } else {
            session_.execute_once("begin");
            session_.execute_once(select_on_postgresql + " for update");
        }
    }
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;
    ~WriteLock() { session_.execute_once("rollback"); }

private:
    db::Session& session_;
};

}  // namespace innergate::test
