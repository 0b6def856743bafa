#include "app/db/transaction.hpp"

#include <string_view>

namespace innergate::db {
namespace {

std::string_view begin_of(Dialect dialect, TransactionKind kind) {
    if (dialect == Dialect::sqlite) {
        return kind == TransactionKind::change ? "begin immediate" : "begin";
    }
    return kind == TransactionKind::change ? "begin"
                                           : "begin isolation level repeatable read, read only";
}

}  // namespace

Transaction::Transaction(Session& session, TransactionKind kind) : session_(session), kind_(kind) {
    session_.execute_once(begin_of(session.dialect(), kind));
    session_.transaction_ = Session::TransactionState::open;
}

Transaction::~Transaction() {
    if (!is_open_) {
        return;
    }
    const bool has_connection = session_.transaction_ != Session::TransactionState::lost;
    session_.transaction_ = Session::TransactionState::none;
    if (!has_connection) {
        return;
    }
    try {
        session_.execute_once("rollback");
    } catch (const std::exception&) {
        // A connection that cannot even roll back is given up, and the server rolls back for us.
        session_.close();
    }
}

void Transaction::commit() {
    if (session_.transaction_ == Session::TransactionState::failed) {
        // PostgreSQL would roll back and call it a success, SQLite would commit the rest.
        throw QueryError{"commit: a statement of the transaction failed", {}};
    }
    session_.execute_once("commit");
    session_.transaction_ = Session::TransactionState::none;
    session_.count_write(kind_ == TransactionKind::change ? Access::write : Access::read);
    is_open_ = false;
}

Savepoint::Savepoint(Session& session) : session_(session) {
    session_.execute_once("savepoint part");
}

void Savepoint::keep() {
    session_.execute_once("release savepoint part");
}

void Savepoint::undo() {
    session_.execute_once("rollback to savepoint part");
    if (session_.transaction_ == Session::TransactionState::failed) {
        session_.transaction_ = Session::TransactionState::open;
    }
}

}  // namespace innergate::db
