#include "handlers/scim/entity_tag.hpp"

#include <fmt/format.h>

#include "app/blank.hpp"
#include "app/encoding/digest.hpp"
#include "app/time_format.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"

namespace innergate::handlers::scim {
namespace {

constexpr std::size_t kTagBytes = 8;

/// Adds the part with its length, so that no two users give one text. Unset differs from empty.
void append(std::string& text, std::string_view part) {
    text += fmt::format("{}:{}", part.size(), part);
}

void append(std::string& text, const std::optional<std::string>& part) {
    if (part) {
        append(text, std::string_view{*part});
    } else {
        text.push_back('-');
    }
}

std::string_view opaque(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

std::string entity_tag(const domain::scim::User& user) {
    std::string shown;
    append(shown, std::string_view{user.id});
    append(shown, std::string_view{user.active ? "active" : "inactive"});
    append(shown, std::string_view{user.user_name});
    append(shown, std::string_view{user.name});
    append(shown, user.given_name);
    append(shown, user.family_name);
    append(shown, std::string_view{user.email});
    append(shown, std::string_view{to_iso8601(user.created)});
    append(shown, std::string_view{to_iso8601(user.last_modified)});
    for (const auto& [attribute, value] : user.echo_attributes) {
        append(shown, domain::scim::echo_name(attribute));
        append(shown, std::string_view{value});
    }
    return fmt::format(R"(W/"{}")", encoding::hex(encoding::sha256(shown).substr(0, kTagBytes)));
}

bool names_tag(std::string_view field, std::string_view tag) {
    // Our tags hold no comma, so cutting another tag at a comma within its quotes does no harm.
    while (!field.empty()) {
        const std::size_t comma = field.find(',');
        const std::string_view named = stripped(field.substr(0, comma), " \t");
        if (named == "*" || opaque(named) == opaque(tag)) {
            return true;
        }
        field = comma == std::string_view::npos ? std::string_view{} : field.substr(comma + 1);
    }
    return false;
}

}  // namespace innergate::handlers::scim
