// The statements that were prepared on a connection, found by their name and text.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <soci/soci.h>

#include "app/db/query.hpp"

namespace innergate::db {

/// Two queries with the same name and text share one statement, wherever the texts lie. A look-up
/// allocates nothing and hashes only the name: texts are long, and names are as good as unique.
class PreparedStatements {
public:
    /// Null: it was not prepared.
    [[nodiscard]] soci::statement* find(const Query& query) const {
        const auto found = statements_.find(query);
        return found == statements_.end() ? nullptr : found->second.get();
    }

    soci::statement& keep(const Query& query, std::unique_ptr<soci::statement> statement) {
        Key key{std::string{query.name}, std::string{query.sql}};
        return *statements_.insert_or_assign(std::move(key), std::move(statement)).first->second;
    }

    void forget(const Query& query) {
        if (const auto found = statements_.find(query); found != statements_.end()) {
            statements_.erase(found);
        }
    }

    /// Forgets the statements whose text satisfies the condition.
    template <class Condition>
    void forget_if(const Condition& condition) {
        std::erase_if(statements_, [&condition](const auto& kept) {
            return condition(kept.first.sql);
        });
    }

    void forget_all() { statements_.clear(); }

private:
    struct Key {
        std::string name;
        std::string sql;
    };

    struct Hash {
        using is_transparent = void;
        template <class Named>
        std::size_t operator()(const Named& statement) const {
            return std::hash<std::string_view>{}(statement.name);
        }
    };

    struct Equal {
        using is_transparent = void;
        template <class Left, class Right>
        bool operator()(const Left& left, const Right& right) const {
            return left.name == right.name && left.sql == right.sql;
        }
    };

    std::unordered_map<Key, std::unique_ptr<soci::statement>, Hash, Equal> statements_;
};

}  // namespace innergate::db
