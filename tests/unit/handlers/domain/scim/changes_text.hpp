// Changes in words, for tests.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "handlers/domain/scim/change.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "tests/unit/handlers/domain/scim/json_text.hpp"

namespace innergate::handlers::domain::scim {

inline std::string described(const Change& change) {
    return std::visit(
        [](const auto& typed) -> std::string {
            using Typed = std::remove_cvref_t<decltype(typed)>;
            if constexpr (std::is_same_v<Typed, SetActive>) {
                return fmt::format("active={}", typed.active);
            } else if constexpr (std::is_same_v<Typed, SetId>) {
                return (typed.keeps_alias ? "externalId=" : "id=") + typed.id;
            } else {
                const std::string name{echo_name(typed.attribute)};
                return typed.value ? name + "=" + *typed.value : name + " unset";
            }
        },
        change
    );
}

/// `active=true, title unset`, or what is wrong.
inline std::string described(const Result<std::vector<Change>>& changes) {
    if (!changes) {
        return described(changes.error());
    }
    std::string text;
    for (const Change& change : *changes) {
        text += (text.empty() ? "" : ", ") + described(change);
    }
    return text;
}

}  // namespace innergate::handlers::domain::scim
