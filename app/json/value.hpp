// A JSON document, and whatever else arrives as a tree of named values (queries, forms), as plain
// values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace innergate::json {

class Value;
struct Member;

/// A number as it was written. Ids and sizes keep every digit; whoever needs a type converts the
/// text.
struct Number {
    std::string text;

    friend bool operator==(const Number&, const Number&) = default;
};

using Array = std::vector<Value>;
/// In document order. A name may occur twice: find() answers the last, as Ruby's parser does.
using Object = std::vector<Member>;

class Value {
public:
    using Data = std::variant<std::monostate, bool, Number, std::string, Array, Object>;

    Value() = default;
    explicit Value(Data data);

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    /// Null when the value is of another type.
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&data_); }
    [[nodiscard]] const Number* number() const { return std::get_if<Number>(&data_); }
    [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&data_); }
    [[nodiscard]] const Array* array() const { return std::get_if<Array>(&data_); }
    [[nodiscard]] Array* array() { return std::get_if<Array>(&data_); }
    [[nodiscard]] const Object* object() const { return std::get_if<Object>(&data_); }
    [[nodiscard]] Object* object() { return std::get_if<Object>(&data_); }

    /// The member of that name; null when there is none or this is no object.
    [[nodiscard]] const Value* find(std::string_view name) const;

    friend bool operator==(const Value&, const Value&) = default;

private:
    Data data_;
};

struct Member {
    std::string name;
    Value value;

    friend bool operator==(const Member&, const Member&) = default;
};

// Here, because moving a variant takes complete types.
inline Value::Value(Data data) : data_(std::move(data)) {}

/// As Value::find(), for a bare object.
[[nodiscard]] const Value* find(const Object& object, std::string_view name);
[[nodiscard]] Value* find(Object& object, std::string_view name);

}  // namespace innergate::json
