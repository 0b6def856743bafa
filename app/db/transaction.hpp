// One atomic change.
#pragma once

#include "app/db/session.hpp"

namespace innergate::db {

enum class TransactionKind {
    change,    ///< reads and writes
    snapshot,  ///< reads only, all of one moment, and keeps no writer waiting
};

/// Begins at construction, rolls back at destruction unless commit() was called.
///
/// On SQLite it takes the write lock at once (`begin immediate`): a deferred transaction that reads
/// before it writes fails outright when another process wrote in between.
class Transaction {
public:
    explicit Transaction(Session& session, TransactionKind kind = TransactionKind::change);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Throws Unavailable when the connection died (the change may or may not be durable then), and
    /// QueryError when a statement of the transaction failed, even if the failure was caught.
    void commit();

private:
    Session& session_;
    TransactionKind kind_;
    bool is_open_ = true;
};

/// A part of a transaction that may fail without failing the whole: begins at construction, and is
/// either kept or undone. Without either it shares the transaction's fate.
class Savepoint {
public:
    explicit Savepoint(Session& session);

    /// What was done since stays part of the transaction.
    void keep();
    /// Undoes all that was done since, refused statements included. May be called again.
    void undo();

private:
    Session& session_;
};

}  // namespace innergate::db
