#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "app/json/reader.hpp"
#include "app/written_time.hpp"
#include "handlers/domain/scim/document.hpp"
#include "handlers/domain/scim/filter.hpp"

namespace innergate::handlers::domain::scim {
namespace {

using Parsed = tl::expected<Filter, std::string>;

/// An attribute of which every part is known, and unset.
constexpr std::string_view kAnyList = "roles";

constexpr std::string_view kUnsupported = "Unsupported Filter";

tl::unexpected<std::string> refuse(std::string text) {
    return tl::unexpected<std::string>{std::move(text)};
}

struct NamedOperator {
    std::string_view name;
    Operator op;
};

constexpr std::array kOperators{
    NamedOperator{"eq", Operator::eq},
    NamedOperator{"ne", Operator::ne},
    NamedOperator{"co", Operator::co},
    NamedOperator{"sw", Operator::sw},
    NamedOperator{"ew", Operator::ew},
    NamedOperator{"gt", Operator::gt},
    NamedOperator{"ge", Operator::ge},
    NamedOperator{"lt", Operator::lt},
    NamedOperator{"le", Operator::le},
};

/// What stands on the right of an operator.
struct Literal {
    std::string text;
    bool is_null = false;
};

Filter negated(Filter filter) {
    Not node;
    node.operand.push_back(std::move(filter));
    return Filter{std::move(node)};
}

Filter both(Filter left, Filter right) {
    And node;
    node.operands.push_back(std::move(left));
    node.operands.push_back(std::move(right));
    return Filter{std::move(node)};
}

bool is_order(Operator op) {
    return op == Operator::gt || op == Operator::ge || op == Operator::lt || op == Operator::le;
}

/// What the same for everybody is compared with: decided here.
std::optional<User> facts_of_everybody(Attribute attribute) {
    const bool is_constant = attribute == Attribute::email_type ||
                             attribute == Attribute::email_primary ||
                             attribute == Attribute::resource_type ||
                             attribute == Attribute::schemas || attribute == Attribute::unset;
    return is_constant ? std::optional<User>{User{}} : std::nullopt;
}

Filter decided(Filter filter, Attribute attribute) {
    if (const auto facts = facts_of_everybody(attribute)) {
        filter = Filter{Constant{matches(filter, *facts)}};
    }
    return filter;
}

Parsed compare(Attribute attribute, Operator op, const Literal& literal) {
    if (literal.is_null) {
        if (op != Operator::eq && op != Operator::ne) {
            return refuse("null can be compared with eq and ne only");
        }
        Filter present = decided(Filter{Present{attribute}}, attribute);
        return op == Operator::ne ? std::move(present) : negated(std::move(present));
    }
    Compare node{.attribute = attribute, .op = op, .value = ascii::lower(literal.text)};
    switch (type_of(attribute)) {
        case AttributeType::string:
            break;
        case AttributeType::boolean: {
            const auto value = as_boolean(literal.text);
            if (!value || (op != Operator::eq && op != Operator::ne)) {
                return refuse("a boolean attribute is eq or ne, true or false");
            }
            node.value = *value;
            break;
        }
        case AttributeType::date_time: {
            const auto value = parse_rfc3339(literal.text);
            if (!value || (!is_order(op) && op != Operator::eq && op != Operator::ne)) {
                return refuse("a time is compared with a time, and not by its letters");
            }
            node.value = *value;
            break;
        }
    }
    return decided(Filter{std::move(node)}, attribute);
}

class Parser {
public:
    explicit Parser(std::string_view text) : rest_(text) {}

    Parsed whole() {
        skip_blanks();
        Parsed filter = disjunction({});
        skip_blanks();
        if (filter && !rest_.empty()) {
            return refuse(fmt::format("cannot read the filter from \"{}\"", rest_.substr(0, 20)));
        }
        return filter;
    }

    tl::expected<std::string_view, std::string> after_brackets() {
        if (!take('[')) {
            return refuse("an opening bracket is missing");
        }
        skip_blanks();
        const Parsed inner = disjunction(std::string{kAnyList});
        skip_blanks();
        if (!inner) {
            return tl::unexpected<std::string>{inner.error()};
        }
        if (!take(']')) {
            return refuse("a closing bracket is missing");
        }
        return rest_;
    }

private:
    static constexpr std::string_view kEndOfWord = " ()[]\"";

    // The depth is limited: hence no recursion without end.
    // NOLINTBEGIN(misc-no-recursion)
    /// `parent`: the attribute in whose brackets this stands; empty: in none.
    Parsed disjunction(const std::string& parent) {
        return joined<Or>("or", [this, &parent] { return conjunction(parent); });
    }

    Parsed conjunction(const std::string& parent) {
        return joined<And>("and", [this, &parent] { return unary(parent); });
    }

    template <class Node, class Part>
    Parsed joined(std::string_view word, const Part& part) {
        Parsed first = part();
        Node node;
        while (first && take_logical(word)) {
            Parsed next = part();
            if (!next) {
                return next;
            }
            node.operands.push_back(std::move(*next));
        }
        if (!first || node.operands.empty()) {
            return first;
        }
        node.operands.insert(node.operands.begin(), std::move(*first));
        return Filter{std::move(node)};
    }

    Parsed unary(const std::string& parent) {
        if (take('(')) {
            return in_parentheses(parent);
        }
        const std::string_view before = rest_;
        const std::string_view word = take_word();
        if (ascii::equal_ignoring_case(word, "not")) {
            skip_blanks();
            if (take('(')) {
                return in_parentheses(parent).map(negated);
            }
        }
        rest_ = before;
        return expression(parent);
    }

    Parsed in_parentheses(const std::string& parent) {
        if (++depth_ > kMaxFilterDepth) {
            return refuse("the filter is nested too deeply");
        }
        skip_blanks();
        Parsed inner = disjunction(parent);
        skip_blanks();
        if (inner && !take(')')) {
            return refuse("a closing parenthesis is missing");
        }
        --depth_;
        return inner;
    }

    Parsed expression(const std::string& parent) {
        const std::string_view word = take_word();
        auto path = parse_attribute_path(word);
        if (!path) {
            return refuse(word.empty() ? "an attribute is missing" : std::string{kUnsupported});
        }
        if (!parent.empty()) {
            if (!path->sub.empty()) {
                return refuse(std::string{kUnsupported});
            }
            path->sub = std::exchange(path->name, parent);
        } else if (take('[')) {
            return value_path(*path);
        }
        return comparison(*path);
    }

    /// `emails[type eq "work"]`, with `.value eq "…"` after it or not.
    Parsed value_path(AttributePath path) {
        if (!path.sub.empty() || !(path.is_enterprise || is_complex(path.name))) {
            return refuse(std::string{kUnsupported});
        }
        skip_blanks();
        Parsed inner = disjunction(path.name);
        skip_blanks();
        if (inner && !take(']')) {
            return refuse("a closing bracket is missing");
        }
        if (!inner || rest_.empty() || rest_.front() != '.') {
            return with_element(path, std::move(inner));
        }
        rest_.remove_prefix(1);
        path.sub = take_word();
        Parsed outer = comparison(path);
        if (!outer) {
            return outer;
        }
        return with_element(path, both(std::move(*inner), std::move(*outer)));
    }

    /// Nothing is so of an element of a list that nobody has.
    static Parsed with_element(const AttributePath& path, Parsed filter) {
        const AttributePath list{.name = path.name, .sub = {}, .is_enterprise = path.is_enterprise};
        const bool has_elements = find_attribute(list) != Attribute::unset;
        return filter && !has_elements ? Parsed{Filter{Constant{false}}} : std::move(filter);
    }

    Parsed comparison(const AttributePath& path) {
        const auto attribute = find_attribute(path);
        if (!attribute) {
            return refuse(std::string{kUnsupported});
        }
        if (!take_blank()) {
            return refuse("an operator is missing");
        }
        const std::string_view word = take_word();
        if (ascii::equal_ignoring_case(word, "pr")) {
            return decided(Filter{Present{*attribute}}, *attribute);
        }
        const auto* const found = std::ranges::find_if(kOperators, [word](const auto& known) {
            return ascii::equal_ignoring_case(word, known.name);
        });
        if (found == kOperators.end()) {
            return refuse(std::string{kUnsupported});
        }
        const bool is_apart = take_blank();
        const auto literal = is_apart ? take_literal() : std::nullopt;
        if (!literal) {
            return refuse("a value is missing, or is none");
        }
        return compare(*attribute, found->op, *literal);
    }
    // NOLINTEND(misc-no-recursion)

    std::optional<Literal> take_literal() {
        if (rest_.starts_with('"')) {
            return take_string();
        }
        const std::string_view word = take_word();
        if (word.empty()) {
            return std::nullopt;
        }
        return Literal{.text = std::string{word}, .is_null = word == "null"};
    }

    std::optional<Literal> take_string() {
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != '"') {
            end += rest_[end] == '\\' ? 2U : 1U;
        }
        if (end >= rest_.size()) {
            return std::nullopt;
        }
        const auto value = json::parse(rest_.substr(0, end + 1));
        if (!value || value->string() == nullptr) {
            return std::nullopt;
        }
        rest_.remove_prefix(end + 1);
        return Literal{.text = *value->string()};
    }

    /// The word with blanks on both sides.
    bool take_logical(std::string_view word) {
        const std::string_view before = rest_;
        const bool is_there = take_blank() && ascii::equal_ignoring_case(take_word(), word);
        if (is_there && take_blank()) {
            return true;
        }
        rest_ = before;
        return false;
    }

    bool take(char character) {
        const bool is_there = rest_.starts_with(character);
        rest_.remove_prefix(is_there ? 1 : 0);
        return is_there;
    }

    void skip_blanks() { static_cast<void>(take_blank()); }

    bool take_blank() {
        const std::size_t length = std::min(rest_.find_first_not_of(' '), rest_.size());
        rest_.remove_prefix(length);
        return length > 0;
    }

    std::string_view take_word() {
        const std::size_t length = std::min(rest_.find_first_of(kEndOfWord), rest_.size());
        const std::string_view word = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return word;
    }

    std::string_view rest_;
    std::size_t depth_ = 0;
};

}  // namespace

Parsed parse_filter(std::string_view text) {
    if (text.size() > kMaxFilterBytes) {
        return refuse(fmt::format("a filter has {} bytes at most", kMaxFilterBytes));
    }
    return Parser{text}.whole();
}

tl::expected<std::string_view, std::string> after_bracketed_filter(std::string_view text) {
    if (text.size() > kMaxFilterBytes) {
        return refuse(fmt::format("a filter has {} bytes at most", kMaxFilterBytes));
    }
    return Parser{text}.after_brackets();
}

}  // namespace innergate::handlers::domain::scim
