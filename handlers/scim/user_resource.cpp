#include "handlers/scim/user_resource.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/http/url.hpp"
#include "handlers/scim/entity_tag.hpp"

namespace innergate::handlers::scim {
namespace {

using domain::scim::Selection;
using domain::scim::User;

template <class Value>
std::optional<Value> value_if(bool is_shown, Value value) {
    return is_shown ? std::optional{value} : std::nullopt;
}

}  // namespace

Result<Selection> selection_of(const SelectionRequest& request) {
    return Selection::from(request.attributes, request.excluded_attributes);
}

std::string base_url(const settings::Instance& instance, std::string_view group_path) {
    constexpr std::string_view kRoot = "/api/scim/v2";
    return group_path.empty() ? fmt::format("{}{}/application", instance.external_url, kRoot)
                              : fmt::format(
                                    "{}{}/groups/{}",
                                    instance.external_url,
                                    kRoot,
                                    http::percent_encoded(group_path)
                                );
}

std::string location_of(
    const settings::Instance& instance, const auth::ScimCaller& caller, std::string_view id
) {
    return fmt::format(
        "{}/Users/{}", base_url(instance, caller.group_path), http::percent_encoded(id)
    );
}

std::vector<http::ResponseField> UserResource::headers() const {
    return {{"Location", location}, {"Content-Location", location}, {"ETag", version}};
}

std::optional<ShownName> UserResource::shown_name() const {
    ShownName shown;
    if (selection.shows("name", "formatted")) {
        shown.formatted = user.name;
    }
    if (selection.shows("name", "givenName")) {
        shown.given_name = user.given_name;
    }
    if (selection.shows("name", "familyName")) {
        shown.family_name = user.family_name;
    }
    const bool has_any = shown.formatted || shown.given_name || shown.family_name;
    return value_if(has_any, shown);
}

std::optional<ShownMeta> UserResource::shown_meta() const {
    if (!selection.shows("meta")) {
        return std::nullopt;
    }
    const auto shows = [this](std::string_view part) { return selection.shows("meta", part); };
    return ShownMeta{
        .resource_type = value_if<std::string_view>(shows("resourceType"), "User"),
        .created = value_if(shows("created"), user.created),
        .last_modified = value_if(shows("lastModified"), user.last_modified),
        .location = value_if<std::string_view>(shows("location"), location),
        .version = value_if<std::string_view>(shows("version"), version),
    };
}

ShownEmail UserResource::shown_email() const {
    const auto shows = [this](std::string_view part) { return selection.shows("emails", part); };
    return {
        .type = value_if<std::string_view>(shows("type"), "work"),
        .value = value_if<std::string_view>(shows("value"), user.email),
        .primary = value_if(shows("primary"), true),
    };
}

std::optional<std::string_view> UserResource::echo(domain::scim::Attribute attribute) const {
    const auto found = user.echo_attributes.find(attribute);
    const bool is_shown =
        found != user.echo_attributes.end() && selection.shows(domain::scim::echo_name(attribute));
    return is_shown ? std::optional<std::string_view>{found->second} : std::nullopt;
}

UserResource user_resource(
    User user,
    const Selection& selection,
    const settings::Instance& instance,
    const auth::ScimCaller& caller
) {
    std::string location = location_of(instance, caller, user.id);
    std::string version = entity_tag(user);
    return {
        .user = std::move(user),
        .selection = selection,
        .location = std::move(location),
        .version = std::move(version)};
}

}  // namespace innergate::handlers::scim
