// What a path of PATCH (RFC 7644 figure 7) names, and whether that can be changed here.
#pragma once

#include <optional>
#include <string_view>

#include "handlers/domain/scim/attribute.hpp"

namespace innergate::handlers::domain::scim {

enum class PatchTarget {
    user,  ///< the schema's URN alone: the user as a whole, as without a path
    active,
    id,
    external_id,
    echo_attribute,
    required,  ///< always there and not to be changed: userName, emails, name, schemas
    meta,      ///< the server's own
    other,     ///< accepted without an effect: parts of the above, and whatever is not known here
};

struct PatchPath {
    PatchTarget target = PatchTarget::other;
    std::string_view name;                    ///< as the schema spells it; empty for user and other
    std::optional<Attribute> echo_attribute;  ///< with that target only

    friend bool operator==(const PatchPath&, const PatchPath&) = default;
};

inline constexpr PatchPath kWholeUser{
    .target = PatchTarget::user, .name = {}, .echo_attribute = std::nullopt};

/// `active`, `name.givenName`, `emails[type eq "work"].value`, each with or without the URN of any
/// schema before it; names in any case. Nothing: not of that form.
[[nodiscard]] std::optional<PatchPath> parse_patch_path(std::string_view text);

}  // namespace innergate::handlers::domain::scim
