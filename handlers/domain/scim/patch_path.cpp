#include "handlers/domain/scim/patch_path.hpp"

#include <algorithm>
#include <array>

#include "app/ascii.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/domain/scim/filter.hpp"

namespace innergate::handlers::domain::scim {
namespace {

struct NamedTarget {
    std::string_view name;
    PatchTarget target;
};

constexpr std::array kTargets{
    NamedTarget{"active", PatchTarget::active},
    NamedTarget{"id", PatchTarget::id},
    NamedTarget{"externalId", PatchTarget::external_id},
    NamedTarget{"userName", PatchTarget::required},
    NamedTarget{"emails", PatchTarget::required},
    NamedTarget{"name", PatchTarget::required},
    NamedTarget{"schemas", PatchTarget::required},
    NamedTarget{"meta", PatchTarget::meta},
};

constexpr std::string_view kUrn = "urn:";

/// An attribute of a schema that is not known here: what follows the last colon.
std::optional<AttributePath> parse_foreign_path(std::string_view text) {
    if (!ascii::equal_ignoring_case(text.substr(0, kUrn.size()), kUrn)) {
        return std::nullopt;
    }
    const std::size_t colon = text.rfind(':');
    const bool is_urn =
        colon >= kUrn.size() && std::ranges::all_of(text.substr(0, colon), [](char character) {
            return character > ' ' && character <= '~' && character != '"';
        });
    return is_urn ? parse_attribute_path(text.substr(colon + 1)) : std::nullopt;
}

/// Nothing, or `[type eq "work"]` with or without `.value`.
bool is_tail(std::string_view text) {
    if (text.empty()) {
        return true;
    }
    const auto rest = after_bracketed_filter(text);
    return rest &&
           (rest->empty() || (rest->starts_with('.') && is_attribute_name(rest->substr(1))));
}

PatchPath simple_path(std::string_view name) {
    if (const auto echo = find_echo_attribute(name)) {
        return {
            .target = PatchTarget::echo_attribute,
            .name = echo->name,
            .echo_attribute = echo->attribute,
        };
    }
    const auto* const found = std::ranges::find_if(kTargets, [name](const NamedTarget& known) {
        return ascii::equal_ignoring_case(known.name, name);
    });
    if (found == kTargets.end()) {
        return {};
    }
    return {.target = found->target, .name = found->name, .echo_attribute = std::nullopt};
}

}  // namespace

std::optional<PatchPath> parse_patch_path(std::string_view text) {
    if (ascii::equal_ignoring_case(text, kUserSchema)) {
        return kWholeUser;
    }
    const std::string_view head = text.substr(0, text.find('['));
    const std::string_view tail = text.substr(head.size());
    const auto path = parse_attribute_path(head);
    if ((!path && !parse_foreign_path(head)) || !is_tail(tail)) {
        return std::nullopt;
    }
    if (!path || path->is_enterprise) {
        return PatchPath{};
    }
    const PatchPath simple = simple_path(path->name);
    const bool is_part = !path->sub.empty() || !tail.empty();
    return is_part && simple.target != PatchTarget::meta ? PatchPath{} : simple;
}

}  // namespace innergate::handlers::domain::scim
