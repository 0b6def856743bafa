#include "handlers/domain/scim/filter.hpp"

#include <algorithm>
#include <type_traits>

#include "app/ascii.hpp"

namespace innergate::handlers::domain::scim {
namespace {

using Value = std::variant<std::string, bool, Timestamp>;

std::optional<Value> as_value(const std::optional<std::string>& text) {
    return text && !text->empty() ? std::optional<Value>{ascii::lower(*text)} : std::nullopt;
}

/// Nothing: unset.
std::optional<Value> value_of(const User& user, Attribute attribute) {
    switch (attribute) {
        case Attribute::id:
            return as_value(user.id);
        case Attribute::user_name:
            return as_value(user.user_name);
        case Attribute::formatted_name:
            return as_value(user.name);
        case Attribute::given_name:
            return as_value(user.given_name);
        case Attribute::family_name:
            return as_value(user.family_name);
        case Attribute::email:
            return as_value(user.email);
        case Attribute::email_type:
            return as_value("work");
        case Attribute::email_primary:
            return true;
        case Attribute::active:
            return user.active;
        case Attribute::created:
            return user.created;
        case Attribute::last_modified:
            return user.last_modified;
        case Attribute::resource_type:
            return as_value("User");
        case Attribute::schemas:
            return as_value(std::string{kUserSchema});
        case Attribute::unset:
            return std::nullopt;
        default: {
            const auto other = user.echo_attributes.find(attribute);
            return other == user.echo_attributes.end() ? std::nullopt : as_value(other->second);
        }
    }
}

template <class T>
bool holds(Operator op, const T& left, const T& right) {
    switch (op) {
        case Operator::eq:
            return left == right;
        case Operator::ne:
            return left != right;
        case Operator::gt:
            return left > right;
        case Operator::ge:
            return left >= right;
        case Operator::lt:
            return left < right;
        case Operator::le:
            return left <= right;
        default:
            break;
    }
    if constexpr (std::is_same_v<T, std::string>) {
        return (op == Operator::co && left.find(right) != std::string::npos) ||
               (op == Operator::sw && left.starts_with(right)) ||
               (op == Operator::ew && left.ends_with(right));
    } else {
        return false;
    }
}

bool holds(const Compare& comparison, const User& user) {
    const auto value = value_of(user, comparison.attribute);
    if (!value) {
        return comparison.op == Operator::ne;
    }
    return std::visit(
        [&comparison, &value](const auto& wanted) {
            const auto* const stored = std::get_if<std::remove_cvref_t<decltype(wanted)>>(&*value);
            return stored != nullptr && holds(comparison.op, *stored, wanted);
        },
        comparison.value
    );
}

}  // namespace

// The depth of a filter is limited.
// NOLINTBEGIN(misc-no-recursion)
bool matches(const Filter& filter, const User& user) {
    const auto is_so = [&user](const Filter& part) { return matches(part, user); };
    if (const auto* const constant = std::get_if<Constant>(&filter.node)) {
        return constant->value;
    }
    if (const auto* const present = std::get_if<Present>(&filter.node)) {
        return value_of(user, present->attribute).has_value();
    }
    if (const auto* const comparison = std::get_if<Compare>(&filter.node)) {
        return holds(*comparison, user);
    }
    if (const auto* const negation = std::get_if<Not>(&filter.node)) {
        return !is_so(negation->operand.front());
    }
    if (const auto* const conjunction = std::get_if<And>(&filter.node)) {
        return std::ranges::all_of(conjunction->operands, is_so);
    }
    return std::ranges::any_of(std::get<Or>(filter.node).operands, is_so);
}
// NOLINTEND(misc-no-recursion)

bool is_look_up(const Filter& filter) {
    constexpr auto kNamesSomebody = [](const Filter& part) {
        const auto* const comparison = std::get_if<Compare>(&part.node);
        return comparison != nullptr && comparison->op == Operator::eq &&
               (comparison->attribute == Attribute::id ||
                comparison->attribute == Attribute::email ||
                comparison->attribute == Attribute::user_name);
    };
    const auto* const conjunction = std::get_if<And>(&filter.node);
    return conjunction != nullptr ? std::ranges::any_of(conjunction->operands, kNamesSomebody)
                                  : kNamesSomebody(filter);
}

std::optional<std::string> only_user_name(const Filter& filter) {
    const auto* const comparison = std::get_if<Compare>(&filter.node);
    const bool is_it = comparison != nullptr && comparison->op == Operator::eq &&
                       comparison->attribute == Attribute::user_name;
    return is_it ? std::optional{std::get<std::string>(comparison->value)} : std::nullopt;
}

}  // namespace innergate::handlers::domain::scim
