// What a SOCI error means: the one place that knows both backends' codes.
#pragma once

#include <string>

#include <soci/soci.h>

namespace innergate::db {

enum class FailureKind {
    connection_dead,  ///< the connection is of no further use
    unavailable,      ///< the connection is good, the database cannot serve now
    locked,           ///< the same, because somebody else holds a lock
    conflict,         ///< another transaction was in the way
    unique_violation,
    constraint_violation,
    other,
};

struct Failure {
    FailureKind kind = FailureKind::other;
    std::string sqlstate;  ///< empty on SQLite
    std::string reason;    ///< one line, without bound values
};

[[nodiscard]] Failure classify(const soci::soci_error& error);

}  // namespace innergate::db
