#include "handlers/domain/scim/selection.hpp"

#include <array>

#include "app/ascii.hpp"
#include "app/blank.hpp"
#include "handlers/domain/scim/attribute.hpp"
#include "handlers/domain/scim/refusal.hpp"

namespace innergate::handlers::domain::scim {
namespace {

struct Leaf {
    std::string_view name;
    std::string_view sub;  ///< empty: the attribute has no parts
};

constexpr std::string_view kFlatName = "name.formatted";

constexpr std::array kShown{
    Leaf{"externalId", {}},       Leaf{"active", {}},
    Leaf{kFlatName, {}},          Leaf{"name", "formatted"},
    Leaf{"name", "givenName"},    Leaf{"name", "familyName"},
    Leaf{"displayName", {}},      Leaf{"userName", {}},
    Leaf{"meta", "resourceType"}, Leaf{"meta", "created"},
    Leaf{"meta", "lastModified"}, Leaf{"meta", "location"},
    Leaf{"meta", "version"},      Leaf{"emails", "type"},
    Leaf{"emails", "value"},      Leaf{"emails", "primary"},
    Leaf{"nickName", {}},         Leaf{"title", {}},
    Leaf{"userType", {}},         Leaf{"preferredLanguage", {}},
    Leaf{"locale", {}},           Leaf{"timezone", {}},
};

/// The key with the dot, by the part that it repeats.
bool is_flat_name(const AttributePath& path) {
    return ascii::equal_ignoring_case(path.name, "name") &&
           (path.sub.empty() || ascii::equal_ignoring_case(path.sub, "formatted"));
}

bool names(const AttributePath& path, const Leaf& leaf) {
    if (leaf.name == kFlatName) {
        return is_flat_name(path);
    }
    return ascii::equal_ignoring_case(path.name, leaf.name) &&
           (path.sub.empty() || ascii::equal_ignoring_case(path.sub, leaf.sub));
}

bool is_always_shown(std::string_view name) {
    return name == "schemas" || name == "id";
}

/// Calls `use` with each that is not blank.
template <class Use>
void for_each_name(std::string_view list, Use use) {
    while (!list.empty()) {
        const std::string_view name = list.substr(0, list.find(','));
        list.remove_prefix(std::min(name.size() + 1, list.size()));
        if (!is_blank(name)) {
            use(stripped(name));
        }
    }
}

bool has_names(std::string_view list) {
    bool has_any = false;
    for_each_name(list, [&has_any](std::string_view) { has_any = true; });
    return has_any;
}

}  // namespace

Result<Selection> Selection::from(
    std::optional<std::string_view> attributes, std::optional<std::string_view> excluded
) {
    static_assert(kShown.size() == kLeaves);
    const bool is_list = has_names(attributes.value_or(""));
    const bool is_excluding = has_names(excluded.value_or(""));
    if (is_list && is_excluding) {
        return bad_request(
            kInvalidValue, "attributes and excludedAttributes cannot be used together."
        );
    }
    Selection selection;
    if (!is_list && !is_excluding) {
        return selection;
    }
    std::bitset<kLeaves> named;
    for_each_name(is_list ? *attributes : *excluded, [&named](std::string_view name) {
        const auto path = parse_attribute_path(name);
        for (std::size_t index = 0; index < kShown.size(); ++index) {
            if (path && !path->is_enterprise && names(*path, kShown.at(index))) {
                named.set(index);
            }
        }
    });
    selection.leaves_ = is_list ? named : ~named;
    return selection;
}

bool Selection::shows(std::string_view name) const {
    for (std::size_t index = 0; index < kShown.size(); ++index) {
        if (leaves_.test(index) && kShown.at(index).name == name) {
            return true;
        }
    }
    return is_always_shown(name);
}

bool Selection::shows(std::string_view name, std::string_view sub) const {
    for (std::size_t index = 0; index < kShown.size(); ++index) {
        const Leaf& leaf = kShown.at(index);
        if (leaf.name == name && leaf.sub == sub) {
            return leaves_.test(index);
        }
    }
    return false;
}

}  // namespace innergate::handlers::domain::scim
