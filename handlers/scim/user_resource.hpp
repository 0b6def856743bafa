// A user on the wire, alone and in lists.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/http/response.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/instance.hpp"
#include "handlers/domain/scim/attribute.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/domain/scim/selection.hpp"
#include "handlers/domain/scim/user.hpp"
#include "handlers/scim/schemas_member.hpp"

namespace innergate::handlers::scim {

/// Which attributes an answer shows (RFC 7644 section 3.9).
struct SelectionRequest {
    std::optional<std::string> attributes;
    std::optional<std::string> excluded_attributes;
};

inline constexpr auto kSelectionParams = params::schema<SelectionRequest>(
    params::optional(
        "attributes", &SelectionRequest::attributes, "Show these only, besides id and schemas"
    ),
    params::optional(
        "excludedAttributes", &SelectionRequest::excluded_attributes, "Show all but these"
    )
);

/// Errors: bad_request (invalidValue) when both are given.
[[nodiscard]] Result<domain::scim::Selection> selection_of(const SelectionRequest& request);

/// `https://gitlab.example.com/api/scim/v2/groups/shop`, or `…/application` for an empty path.
[[nodiscard]] std::string base_url(const settings::Instance& instance, std::string_view group_path);

[[nodiscard]] std::string location_of(
    const settings::Instance& instance, const auth::ScimCaller& caller, std::string_view id
);

/// Objects in a user, of which the selection may leave members out.
struct ShownName {
    std::optional<std::string_view> formatted;
    std::optional<std::string_view> given_name;
    std::optional<std::string_view> family_name;
};

constexpr auto shape_of(std::type_identity<ShownName> /*type*/) {
    return shape::object<ShownName>(
        shape::optional_member("formatted", &ShownName::formatted, "The full name"),
        shape::optional_member("givenName", &ShownName::given_name, "The given name, where known"),
        shape::optional_member(
            "familyName", &ShownName::family_name, "The family name, where known"
        )
    );
}

struct ShownMeta {
    std::optional<std::string_view> resource_type;
    std::optional<Timestamp> created;
    std::optional<Timestamp> last_modified;
    std::optional<std::string_view> location;
    std::optional<std::string_view> version;
};

constexpr auto shape_of(std::type_identity<ShownMeta> /*type*/) {
    return shape::object<ShownMeta>(
        shape::optional_member(
            "resourceType",
            &ShownMeta::resource_type,
            shape::Doc{"What this document is"}.one_of("User")
        ),
        shape::optional_member("created", &ShownMeta::created, "When the user was provisioned"),
        shape::optional_member(
            "lastModified", &ShownMeta::last_modified, "When the user changed last"
        ),
        shape::optional_member(
            "location", &ShownMeta::location, shape::Doc{"The address of this document", "uri"}
        ),
        shape::optional_member("version", &ShownMeta::version, "The entity tag")
    );
}

struct ShownEmail {
    std::optional<std::string_view> type;
    std::optional<std::string_view> value;
    std::optional<bool> primary;
};

constexpr auto shape_of(std::type_identity<ShownEmail> /*type*/) {
    return shape::object<ShownEmail>(
        shape::optional_member(
            "type", &ShownEmail::type, shape::Doc{"What the address is for"}.one_of("work")
        ),
        shape::optional_member("value", &ShownEmail::value, "The address"),
        shape::optional_member("primary", &ShownEmail::primary, "Always `true`")
    );
}

struct UserResource {
    domain::scim::User user;
    domain::scim::Selection selection;
    std::string location;
    std::string version;  ///< the entity tag

    [[nodiscard]] std::vector<http::ResponseField> headers() const;

    /// Nothing where no part is left to show: an empty object would say that there is a name.
    [[nodiscard]] std::optional<ShownName> shown_name() const;
    [[nodiscard]] std::optional<ShownMeta> shown_meta() const;
    [[nodiscard]] ShownEmail shown_email() const;
    /// One of kEchoAttributes. Nothing: the provider sent none, or the selection leaves it out.
    [[nodiscard]] std::optional<std::string_view> echo(domain::scim::Attribute attribute) const;
};

namespace detail {

/// An accessor of what `get` returns of the resource; nothing: the selection leaves it out.
template <class Get>
constexpr auto if_shown(std::string_view attribute, Get get) {
    return [attribute, get](const UserResource& resource) {
        using Value = std::invoke_result_t<const Get&, const UserResource&>;
        return resource.selection.shows(attribute) ? std::optional<Value>{get(resource)}
                                                   : std::nullopt;
    };
}

/// An attribute that is kept for the provider.
constexpr auto echo_member(domain::scim::Attribute attribute) {
    return shape::optional_member(
        domain::scim::echo_name(attribute),
        [attribute](const UserResource& resource) { return resource.echo(attribute); },
        "Kept as the provider sent it"
    );
}

}  // namespace detail

/// Keys in GitLab's order, with both its flat `name.formatted` and the RFC's object `name`.
constexpr auto shape_of(std::type_identity<UserResource> /*type*/) {
    using Resource = UserResource;
    using domain::scim::Attribute;
    constexpr auto kId = [](const Resource& resource) -> std::string_view {
        return resource.user.id;
    };
    constexpr auto kFullName = [](const Resource& resource) -> std::string_view {
        return resource.user.name;
    };
    return shape::object<Resource>(
        schemas_member(
            domain::scim::kUserSchema, "Always `urn:ietf:params:scim:schemas:core:2.0:User`"
        ),
        shape::member("id", kId, "The provider's id of the person"),
        shape::optional_member("externalId", detail::if_shown("externalId", kId), "The same"),
        shape::optional_member(
            "active",
            detail::if_shown(
                "active", [](const Resource& resource) { return resource.user.active; }
            ),
            "What the provider says, whatever the state of the account"
        ),
        shape::optional_member(
            "name.formatted",
            detail::if_shown("name.formatted", kFullName),
            "The full name, under GitLab's own key"
        ),
        shape::optional_member("name", &Resource::shown_name, "The name and its parts"),
        shape::optional_member(
            "displayName", detail::if_shown("displayName", kFullName), "The full name once more"
        ),
        shape::optional_member(
            "userName",
            detail::if_shown(
                "userName",
                [](const Resource& resource) -> std::string_view { return resource.user.user_name; }
            ),
            "What the provider sent; the account's username may differ"
        ),
        shape::optional_member("meta", &Resource::shown_meta, "What is said of every resource"),
        shape::optional_member(
            "emails",
            detail::if_shown(
                "emails",
                [](const Resource& resource) { return std::array{resource.shown_email()}; }
            ),
            "The address of the account, the only one"
        ),
        detail::echo_member(Attribute::nick_name),
        detail::echo_member(Attribute::title),
        detail::echo_member(Attribute::user_type),
        detail::echo_member(Attribute::preferred_language),
        detail::echo_member(Attribute::locale),
        detail::echo_member(Attribute::timezone)
    );
}

[[nodiscard]] UserResource user_resource(
    domain::scim::User user,
    const domain::scim::Selection& selection,
    const settings::Instance& instance,
    const auth::ScimCaller& caller
);

}  // namespace innergate::handlers::scim
