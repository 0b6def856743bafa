#include "handlers/stores/scim/scim_filter_sql.hpp"

#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/time_format.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"

namespace innergate::handlers {
namespace {

using domain::scim::Attribute;
using domain::scim::AttributeType;
using domain::scim::Compare;
using domain::scim::Filter;
using domain::scim::Operator;

/// An attribute in SQL.
struct Expression {
    std::string sql;  ///< texts in lower case
    bool may_be_null = false;
};

std::string folded(std::string_view expression, db::Dialect dialect) {
    return dialect == db::Dialect::postgresql ? fmt::format(R"(lower({} collate "C"))", expression)
                                              : fmt::format("lower({})", expression);
}

/// The provider's own pair of names counts as long as the account's name has not changed since.
std::string part_of_name(std::string_view stored, std::string_view split, db::Dialect dialect) {
    return folded(
        fmt::format(
            "(case when identities.name_snapshot = users.name then identities.{} "
            "else nullif({}, '') end)",
            stored,
            split
        ),
        dialect
    );
}

std::string given_name(db::Dialect dialect) {
    return part_of_name(
        "given_name",
        dialect == db::Dialect::postgresql
            ? "split_part(trim(users.name), ' ', 1)"
            : "substr(trim(users.name), 1, instr(trim(users.name) || ' ', ' ') - 1)",
        dialect
    );
}

std::string family_name(db::Dialect dialect) {
    return part_of_name(
        "family_name",
        dialect == db::Dialect::postgresql
            ? "trim(substr(trim(users.name), strpos(trim(users.name) || ' ', ' ') + 1))"
            : "trim(substr(trim(users.name), instr(trim(users.name) || ' ', ' ') + 1))",
        dialect
    );
}

/// Times count to the millisecond, as they are shown.
std::string time(std::string_view expression, db::Dialect dialect) {
    return dialect == db::Dialect::postgresql
               ? fmt::format("date_trunc('milliseconds', {})", expression)
               : std::string{expression};
}

std::string echo_attribute(Attribute attribute) {
    return fmt::format(
        "(select lower(nullif(kept.value, '')) from scim_identity_attributes as kept"
        " where kept.scim_identity_id = identities.id and kept.name = '{}')",
        domain::scim::echo_name(attribute)
    );
}

Expression expression_of(Attribute attribute, db::Dialect dialect) {
    switch (attribute) {
        case Attribute::id:
            return {"lower(identities.extern_uid)"};
        case Attribute::user_name:
            return {"lower(coalesce(identities.user_name, users.username))"};
        case Attribute::formatted_name:
            return {folded("users.name", dialect)};
        case Attribute::given_name:
            return {given_name(dialect), true};
        case Attribute::family_name:
            return {family_name(dialect), true};
        case Attribute::email:
            return {"lower(users.email)"};
        case Attribute::active:
            return {"identities.active"};
        case Attribute::created:
            return {time("identities.created_at", dialect)};
        case Attribute::last_modified:
            return {time(
                dialect == db::Dialect::postgresql
                    ? "greatest(identities.updated_at, users.updated_at)"
                    : "max(identities.updated_at, users.updated_at)",
                dialect
            )};
        case Attribute::nick_name:
        case Attribute::title:
        case Attribute::user_type:
        case Attribute::preferred_language:
        case Attribute::locale:
        case Attribute::timezone:
            return {echo_attribute(attribute), true};
        case Attribute::email_type:
        case Attribute::email_primary:
        case Attribute::resource_type:
        case Attribute::schemas:
        case Attribute::unset:
            break;  // the same for everybody: a filter that asks for one is a constant
    }
    return {"null", true};
}

class Translator {
public:
    explicit Translator(db::Dialect dialect) : dialect_(dialect) {}

    std::string operator()(const domain::scim::Constant& constant) const {
        return constant.value ? "1 = 1" : "1 = 0";
    }

    std::string operator()(const domain::scim::Present& present) const {
        const Expression expression = expression_of(present.attribute, dialect_);
        if (type_of(present.attribute) != AttributeType::string) {
            return "1 = 1";
        }
        return fmt::format("coalesce({}, '') <> ''", expression.sql);
    }

    std::string operator()(const Compare& comparison) {
        switch (type_of(comparison.attribute)) {
            case AttributeType::boolean:
                return boolean(comparison);
            case AttributeType::date_time:
                return moment(comparison);
            case AttributeType::string:
                break;
        }
        return text(comparison);
    }

    std::string operator()(const domain::scim::Not& negation) {
        return fmt::format("not {}", in_brackets(negation.operand.front()));
    }
    std::string operator()(const domain::scim::And& conjunction) {
        return joined(conjunction.operands, " and ");
    }
    std::string operator()(const domain::scim::Or& disjunction) {
        return joined(disjunction.operands, " or ");
    }

    std::string in_brackets(const Filter& filter) {
        return fmt::format("({})", std::visit(*this, filter.node));
    }

    std::vector<std::string> take_values() { return std::move(values_); }

private:
    static std::string_view symbol(Operator op) {
        switch (op) {
            case Operator::eq:
                return "=";
            case Operator::ne:
                return "<>";
            case Operator::gt:
                return ">";
            case Operator::ge:
                return ">=";
            case Operator::lt:
                return "<";
            case Operator::le:
                return "<=";
            case Operator::co:
            case Operator::sw:
            case Operator::ew:
                break;
        }
        return "=";
    }

    static std::string boolean(const Compare& comparison) {
        const bool wanted = std::get<bool>(comparison.value) == (comparison.op == Operator::eq);
        return wanted ? "identities.active" : "not identities.active";
    }

    std::string moment(const Compare& comparison) {
        const std::string value = bind(to_iso8601(std::get<Timestamp>(comparison.value)));
        return fmt::format(
            "{} {} {}",
            expression_of(comparison.attribute, dialect_).sql,
            symbol(comparison.op),
            dialect_ == db::Dialect::postgresql ? fmt::format("cast({} as timestamptz)", value)
                                                : value
        );
    }

    std::string bind(std::string value) {
        values_.push_back(std::move(value));
        return fmt::format(":v{}", values_.size() - 1);
    }

    std::string joined(const std::vector<Filter>& operands, std::string_view word) {
        std::vector<std::string> parts;
        parts.reserve(operands.size());
        for (const Filter& operand : operands) {
            parts.push_back(in_brackets(operand));
        }
        return fmt::format("{}", fmt::join(parts, word));
    }

    std::string text(const Compare& comparison) {
        const std::string value = bind(std::get<std::string>(comparison.value));
        if (comparison.op == Operator::eq && comparison.attribute == Attribute::user_name) {
            return named(value);
        }
        if (comparison.op == Operator::eq && comparison.attribute == Attribute::email) {
            return among(
                "identities.user_id",
                fmt::format(
                    "select owners.id from users as owners where lower(owners.email) = {}", value
                )
            );
        }
        const Expression expression = expression_of(comparison.attribute, dialect_);
        std::string holds = holds_of(expression.sql, comparison.op, value);
        if (!expression.may_be_null) {
            return holds;
        }
        return comparison.op == Operator::ne
                   ? fmt::format("({} is null or {})", expression.sql, holds)
                   : fmt::format("({} is not null and {})", expression.sql, holds);
    }

    /// Whether the column is one of the few values that a look-up gives. PostgreSQL plans `in`
    /// before it knows how few they are, and then reads all of the scope. But it looks up the
    /// elements of an array.
    [[nodiscard]] std::string among(std::string_view column, std::string_view look_up) const {
        return dialect_ == db::Dialect::postgresql
                   ? fmt::format("{} = any (array({}))", column, look_up)
                   : fmt::format("{} in ({})", column, look_up);
    }

    /// Each half uses an index of its own. The first half's index has no nulls, and SQLite uses it
    /// only if the condition says that there are none.
    [[nodiscard]] std::string named(std::string_view value) const {
        return among(
            "identities.id",
            fmt::format(
                "select named.id from scim_identities as named"
                " where coalesce(named.group_id, 0) = :scope and lower(named.user_name) = {0}"
                " and named.user_name is not null"
                " union all select unnamed.id from users as owners"
                " join scim_identities as unnamed on unnamed.user_id = owners.id"
                " where lower(owners.username) = {0} and coalesce(unnamed.group_id, 0) = :scope"
                " and unnamed.user_name is null",
                value
            )
        );
    }

    /// Substrings are found by their place: in a `like` some characters have a special meaning.
    [[nodiscard]] std::string holds_of(
        std::string_view expression, Operator op, std::string_view value
    ) const {
        switch (op) {
            case Operator::co:
                return fmt::format(
                    "{}({}, {}) > 0",
                    dialect_ == db::Dialect::postgresql ? "strpos" : "instr",
                    expression,
                    value
                );
            case Operator::sw:
                return fmt::format("substr({0}, 1, length({1})) = {1}", expression, value);
            case Operator::ew:
                return fmt::format(
                    "(length({0}) >= length({1})"
                    " and substr({0}, length({0}) - length({1}) + 1) = {1})",
                    expression,
                    value
                );
            default:
                return fmt::format("{} {} {}", expression, symbol(op), value);
        }
    }

    db::Dialect dialect_;
    std::vector<std::string> values_;
};

}  // namespace

ScimCondition to_sql(const Filter& filter, db::Dialect dialect) {
    Translator translator{dialect};
    std::string sql = translator.in_brackets(filter);
    return {.sql = std::move(sql), .values = translator.take_values()};
}

std::string order_sql(Attribute attribute, SortOrder order, db::Dialect dialect) {
    const Expression expression = expression_of(attribute, dialect);
    const std::string_view direction = order == SortOrder::ascending ? "asc" : "desc";
    if (expression.sql == "null") {
        return "identities.id";
    }
    if (!expression.may_be_null) {
        return fmt::format("{} {}, identities.id", expression.sql, direction);
    }
    return fmt::format("{0} is null {1}, {0} {1}, identities.id", expression.sql, direction);
}

}  // namespace innergate::handlers
