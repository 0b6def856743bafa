#include "handlers/domain/scim/attribute.hpp"

#include <algorithm>
#include <array>

#include "app/ascii.hpp"

namespace innergate::handlers::domain::scim {
namespace {

struct Named {
    std::string_view name;
    Attribute attribute;
};

/// With their sub-attributes, in lower case.
constexpr std::array kNamed{
    Named{"id", Attribute::id},
    Named{"externalid", Attribute::id},
    Named{"username", Attribute::user_name},
    Named{"name", Attribute::formatted_name},
    Named{"name.formatted", Attribute::formatted_name},
    Named{"displayname", Attribute::formatted_name},
    Named{"name.givenname", Attribute::given_name},
    Named{"name.familyname", Attribute::family_name},
    Named{"emails", Attribute::email},
    Named{"emails.value", Attribute::email},
    Named{"emails.type", Attribute::email_type},
    Named{"emails.primary", Attribute::email_primary},
    Named{"active", Attribute::active},
    Named{"meta.created", Attribute::created},
    Named{"meta.lastmodified", Attribute::last_modified},
    Named{"meta.resourcetype", Attribute::resource_type},
    Named{"schemas", Attribute::schemas},
    Named{"nickname", Attribute::nick_name},
    Named{"title", Attribute::title},
    Named{"usertype", Attribute::user_type},
    Named{"preferredlanguage", Attribute::preferred_language},
    Named{"locale", Attribute::locale},
    Named{"timezone", Attribute::timezone},
    Named{"name.middlename", Attribute::unset},
    Named{"name.honorificprefix", Attribute::unset},
    Named{"name.honorificsuffix", Attribute::unset},
    Named{"profileurl", Attribute::unset},
};

/// Each with whatever parts.
constexpr std::array<std::string_view, 8> kUnsetLists{
    "phonenumbers",
    "ims",
    "photos",
    "addresses",
    "groups",
    "entitlements",
    "roles",
    "x509certificates",
};

/// `urn:…:User:` off the front.
bool take_schema(std::string_view& text, std::string_view schema) {
    const bool is_there = text.size() > schema.size() && text[schema.size()] == ':' &&
                          ascii::equal_ignoring_case(text.substr(0, schema.size()), schema);
    if (is_there) {
        text.remove_prefix(schema.size() + 1);
    }
    return is_there;
}

}  // namespace

AttributeType type_of(Attribute attribute) {
    switch (attribute) {
        case Attribute::email_primary:
        case Attribute::active:
            return AttributeType::boolean;
        case Attribute::created:
        case Attribute::last_modified:
            return AttributeType::date_time;
        default:
            return AttributeType::string;
    }
}

bool is_attribute_name(std::string_view text) {
    return !text.empty() && (ascii::is_letter(text.front()) || text.front() == '$') &&
           ascii::has_only_letters_digits_and("-_", text.substr(1));
}

std::optional<AttributePath> parse_attribute_path(std::string_view text) {
    AttributePath path;
    if (!take_schema(text, kUserSchema)) {
        path.is_enterprise = take_schema(text, kEnterpriseSchema);
    }
    const std::size_t dot = text.find('.');
    path.name = text.substr(0, dot);
    if (dot != std::string_view::npos) {
        path.sub = text.substr(dot + 1);
    }
    const bool is_path = is_attribute_name(path.name) &&
                         (dot == std::string_view::npos || is_attribute_name(path.sub));
    return is_path ? std::optional{std::move(path)} : std::nullopt;
}

std::optional<Attribute> find_attribute(const AttributePath& path) {
    const std::string name = ascii::lower(path.name);
    if (path.is_enterprise || std::ranges::find(kUnsetLists, name) != kUnsetLists.end()) {
        return Attribute::unset;
    }
    const std::string full = path.sub.empty() ? name : name + "." + ascii::lower(path.sub);
    const auto* const found = std::ranges::find(kNamed, std::string_view{full}, &Named::name);
    return found == kNamed.end() ? std::nullopt : std::optional{found->attribute};
}

bool is_complex(std::string_view name) {
    const std::string folded = ascii::lower(name);
    return folded == "emails" || folded == "name" || folded == "meta" ||
           std::ranges::find(kUnsetLists, folded) != kUnsetLists.end();
}

}  // namespace innergate::handlers::domain::scim
