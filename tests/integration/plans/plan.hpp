// How a database means to run a statement.
#pragma once

#include <string>
#include <vector>

#include "app/db/query.hpp"
#include "app/db/session.hpp"

namespace innergate::test {

/// A statement known only at run time. Its text is kept, because a query only refers to it.
db::Query query_of(std::string sql);

/// The plan, line by line. On PostgreSQL it is the plan for values that are not known yet: a
/// prepared statement is run by it after its first few runs.
std::vector<std::string> explain(db::Session& session, const db::Query& query);

/// The table or part that a line of a plan reads from end to end; empty: none.
std::string scanned(const std::vector<std::string>& plan, std::size_t index, db::Dialect dialect);

/// All that scanned() tells of a plan.
std::vector<std::string> all_scanned(const std::vector<std::string>& plan, db::Dialect dialect);

/// As an error message shows it.
std::string joined(const std::vector<std::string>& lines);

}  // namespace innergate::test
