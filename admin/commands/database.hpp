// The database as the operator's tool uses it: a session, and the texts of the statements that are
// only known at run time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "app/db/options.hpp"
#include "app/db/query.hpp"
#include "app/db/session.hpp"
#include "app/db/usage.hpp"

namespace innergate::admin {

class Database {
public:
    explicit Database(db::Options options) : session_(std::move(options), usage_) {}

    [[nodiscard]] db::Session& session() { return session_; }
    [[nodiscard]] db::Dialect dialect() const { return session_.dialect(); }

    /// A query made of column and table names of the schema. Equal texts are one prepared
    /// statement. `name` is a constant.
    [[nodiscard]] db::Query query(
        std::string_view name, std::string sql, db::Access access = db::Access::read
    ) {
        return {name, *texts_.insert(std::move(sql)).first, access};
    }

private:
    db::Usage usage_;
    // Queries of the session refer to these texts, so no text may be removed before the session.
    std::unordered_set<std::string> texts_;
    db::Session session_;
};

}  // namespace innergate::admin
