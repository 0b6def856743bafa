// Tables filled by statements over the numbers from 1 on.
#pragma once

#include <string_view>

#include <fmt/format.h>

#include "app/db/session.hpp"

namespace innergate::test {

/// Runs statements that select from `numbers`, whose column `n` (bigint) goes from 1 to `count`, in
/// one transaction, and has the database look at what it holds now.
template <class Statements>
void run_over_numbers(db::Session& session, const Statements& statements, int count) {
    if (session.dialect() == db::Dialect::postgresql) {
        session.execute_once("set statement_timeout = 0");  // a busy machine takes its time here
    }
    session.execute_once("begin");
    for (const std::string_view statement : statements) {
        session.execute_once(fmt::format(
            "with recursive numbers(n) as "
            "(select cast(1 as bigint) union all select n + 1 from numbers where n < {}) {}",
            count,
            statement
        ));
    }
    session.execute_once("commit");
    session.execute_once("analyze");
}

}  // namespace innergate::test
