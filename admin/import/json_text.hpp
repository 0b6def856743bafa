// JSON inside JSON: documents that a text column holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/json/reader.hpp"
#include "app/json/writer.hpp"

namespace innergate::admin {

/// Writes down the events it is told.
class JsonCopier final : public json::Events {
public:
    explicit JsonCopier(std::string& out) : writer_(out) {}

    bool null(std::size_t offset) override;
    bool boolean(bool value, std::size_t offset) override;
    bool number(std::string_view text, std::size_t offset) override;
    bool string(std::string_view text, std::size_t offset) override;
    bool key(std::string_view name, std::size_t offset) override;
    bool start_object(std::size_t offset) override;
    bool end_object(std::size_t offset) override;
    bool start_array(std::size_t offset) override;
    bool end_array(std::size_t offset) override;

private:
    json::Writer writer_;
};

/// The same document without blanks. Nothing: it is no JSON.
[[nodiscard]] std::optional<std::string> compact_json(std::string_view text);

/// What a text column holds, where it holds JSON.
enum class JsonShape { none, array, object };

[[nodiscard]] JsonShape json_shape(std::string_view table, std::string_view column);

/// Whether a compact document is of that shape.
[[nodiscard]] bool has_shape(std::string_view compact, JsonShape shape);

}  // namespace innergate::admin
