// A YAML document as plain values, read as Ruby's safe load reads it: YAML 1.1, every scalar by its
// text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace innergate::yaml {

class Value;
struct Member;

/// What a scalar stands for. Times, dates and symbols, which safe load refuses or keeps apart, are
/// text here.
enum class Meaning { null, boolean, number, text };

/// As it was written. A quoted scalar is text whatever is in it: `"yes"` is not `yes`.
struct Scalar {
    std::string text;
    bool is_quoted = false;

    /// Whether they mean the same: `yes` is `true`, `"x"` is `x`.
    friend bool operator==(const Scalar& left, const Scalar& right);
};

[[nodiscard]] Meaning meaning_of(const Scalar& scalar);

using Sequence = std::vector<Value>;
/// In document order, each key once.
using Mapping = std::vector<Member>;

/// Immutable; copies share what they hold, so that an alias costs nothing.
class Value {
public:
    using Data = std::variant<Scalar, Sequence, Mapping>;

    /// Null.
    Value() = default;
    explicit Value(Data data);

    /// Null when the value is of another kind; `~` is a scalar, too.
    [[nodiscard]] const Scalar* scalar() const { return as<Scalar>(); }
    [[nodiscard]] const Sequence* sequence() const { return as<Sequence>(); }
    [[nodiscard]] const Mapping* mapping() const { return as<Mapping>(); }

    [[nodiscard]] bool is_null() const;
    /// Text; null when it is anything else.
    [[nodiscard]] const std::string* string() const;
    /// `true`, `yes`, `on` and their opposites in any case, unquoted.
    [[nodiscard]] std::optional<bool> boolean() const;
    /// A number in decimal digits that a long long holds, unquoted.
    [[nodiscard]] std::optional<long long> integer() const;

    /// The member of that name, however its key is quoted; null when there is none or this is no
    /// mapping.
    [[nodiscard]] const Value* find(std::string_view key) const;

    friend bool operator==(const Value& left, const Value& right);

private:
    template <class Kind>
    [[nodiscard]] const Kind* as() const {
        return data_ == nullptr ? nullptr : std::get_if<Kind>(data_.get());
    }

    std::shared_ptr<const Data> data_;
};

struct Member {
    Scalar key;
    Value value;

    friend bool operator==(const Member&, const Member&) = default;
};

}  // namespace innergate::yaml
