// Many rows of one table in one statement.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/db/session.hpp"

namespace innergate::test {

class InsertRows {
public:
    /// `into`: the table and its columns, `users (id, name)`.
    explicit InsertRows(std::string into) : into_(std::move(into)) {}

    /// `row`: values in parentheses.
    void add(const std::string& row) { rows_ += (rows_.empty() ? "" : ", ") + row; }
    void run(db::Session& session) const {
        if (!rows_.empty()) {
            session.execute_once(fmt::format("insert into {} values {}", into_, rows_));
        }
    }

private:
    std::string into_;
    std::string rows_;
};

[[nodiscard]] inline std::string or_null(std::optional<long long> id) {
    return id ? std::to_string(*id) : "null";
}

}  // namespace innergate::test
