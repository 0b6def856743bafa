// What a database can throw. Texts are for the log: they name queries and states, never bound
// values.
#pragma once

#include <stdexcept>
#include <string>

namespace innergate::db {

/// The database cannot be reached, answers too late, is locked, full, read-only or of the wrong
/// schema: the request may be repeated later. Becomes 503 with `Retry-After`.
class Unavailable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A call ran into its deadline, or would have: the database neither refuses nor answers.
class TimedOut : public Unavailable {
public:
    using Unavailable::Unavailable;
};

/// Another session held a lock on the database for longer than this one waits.
class Locked : public Unavailable {
public:
    using Unavailable::Unavailable;
};

/// Another transaction was in the way (PostgreSQL: serialization_failure, deadlock_detected), and
/// the next attempt will find it gone. A store that has a better answer than 503 catches it.
class Conflict : public Unavailable {
public:
    using Unavailable::Unavailable;
};

/// The database refused a statement for a reason that repeating will not change.
class QueryError : public std::runtime_error {
public:
    QueryError(const std::string& text, std::string sqlstate)
        : std::runtime_error(text), sqlstate_(std::move(sqlstate)) {}

    /// Five characters; empty on SQLite, which has none.
    [[nodiscard]] const std::string& sqlstate() const { return sqlstate_; }

private:
    std::string sqlstate_;
};

/// A unique constraint did its work; the store that sent the statement knows what that means.
class UniqueViolation : public QueryError {
public:
    using QueryError::QueryError;
};

/// A reference to a row that is not there, or a value that a CHECK or NOT NULL forbids.
class ConstraintViolation : public QueryError {
public:
    using QueryError::QueryError;
};

}  // namespace innergate::db
