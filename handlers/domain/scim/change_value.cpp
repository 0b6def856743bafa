#include "handlers/domain/scim/change_value.hpp"

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/blank.hpp"
#include "handlers/domain/scim/document.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::domain::scim {

Result<Change> read_active(const json::Value& value) {
    const auto active = as_boolean(value);
    if (!active) {
        return bad_request(kInvalidValue, "active must be true or false.");
    }
    return SetActive{*active};
}

Result<Change> read_id(const json::Value& value, IdAttribute attribute) {
    const bool is_external = attribute == IdAttribute::external_id;
    const std::string_view name = is_external ? "externalId" : "id";
    auto id = read_text(value, name, kMaxIdCharacters);
    if (id && is_blank(*id)) {
        return bad_request(kInvalidValue, fmt::format("{} must not be empty.", name));
    }
    return std::move(id)
        .and_then([name](std::string text) { return reachable_id(std::move(text), name); })
        .map([is_external](std::string text) -> Change {
            return SetId{.id = std::move(text), .keeps_alias = is_external};
        });
}

Result<std::string> reachable_id(std::string id, std::string_view attribute) {
    const auto is_dots = [](const auto& segment) {
        const std::string_view text{segment.begin(), segment.end()};
        return text == "." || text == "..";
    };
    if (std::ranges::any_of(std::views::split(std::string_view{id}, '/'), is_dots)) {
        return bad_request(
            kInvalidValue, fmt::format("{} must not have . or .. between slashes.", attribute)
        );
    }
    return id;
}

Result<Change> read_echo_attribute(const json::Value& value, const EchoAttribute& attribute) {
    if (value.is_null()) {
        return SetEchoAttribute{.attribute = attribute.attribute, .value = std::nullopt};
    }
    return read_text(value, attribute.name, kMaxEchoCharacters)
        .map([&attribute](std::string text) -> Change {
            return SetEchoAttribute{.attribute = attribute.attribute, .value = std::move(text)};
        });
}

}  // namespace innergate::handlers::domain::scim
