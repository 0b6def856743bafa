#include "handlers/domain/namespace_selector.hpp"

#include <algorithm>
#include <charconv>

namespace innergate::handlers::domain {

std::optional<NamespaceId> namespace_id_in(std::string_view id_or_full_path) {
    const std::string_view text = id_or_full_path;
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    const auto is_digit = [](char character) { return character >= '0' && character <= '9'; };
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) {
        return std::nullopt;
    }
    NamespaceId id;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), id.value);
    return parsed.ec == std::errc{} ? id : NamespaceId::none();
}

}  // namespace innergate::handlers::domain
