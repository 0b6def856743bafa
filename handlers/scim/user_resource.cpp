#include "handlers/scim/user_resource.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/http/url.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/scim/entity_tag.hpp"

namespace innergate::handlers::scim {
namespace {

using domain::scim::Selection;
using domain::scim::User;

/// Not at all where no part is left to show: an empty object would say that there is a name.
void write_name(json::Writer& writer, const User& user, const Selection& selection) {
    const bool shows_formatted = selection.shows("name", "formatted");
    const bool shows_given = user.given_name && selection.shows("name", "givenName");
    const bool shows_family = user.family_name && selection.shows("name", "familyName");
    if (!shows_formatted && !shows_given && !shows_family) {
        return;
    }
    writer.key("name");
    writer.begin_object();
    if (shows_formatted) {
        writer.member("formatted", user.name);
    }
    if (shows_given) {
        writer.member("givenName", *user.given_name);
    }
    if (shows_family) {
        writer.member("familyName", *user.family_name);
    }
    writer.end_object();
}

void write_meta(json::Writer& writer, const UserResource& resource) {
    const Selection& selection = resource.selection;
    writer.key("meta");
    writer.begin_object();
    if (selection.shows("meta", "resourceType")) {
        writer.member("resourceType", "User");
    }
    if (selection.shows("meta", "created")) {
        writer.member("created", resource.user.created);
    }
    if (selection.shows("meta", "lastModified")) {
        writer.member("lastModified", resource.user.last_modified);
    }
    if (selection.shows("meta", "location")) {
        writer.member("location", resource.location);
    }
    if (selection.shows("meta", "version")) {
        writer.member("version", resource.version);
    }
    writer.end_object();
}

void write_emails(json::Writer& writer, const User& user, const Selection& selection) {
    writer.key("emails");
    writer.begin_array();
    writer.begin_object();
    if (selection.shows("emails", "type")) {
        writer.member("type", "work");
    }
    if (selection.shows("emails", "value")) {
        writer.member("value", user.email);
    }
    if (selection.shows("emails", "primary")) {
        writer.member("primary", true);
    }
    writer.end_object();
    writer.end_array();
}

void write_names(json::Writer& writer, const User& user, const Selection& selection) {
    if (selection.shows("name.formatted")) {
        writer.member("name.formatted", user.name);
    }
    write_name(writer, user, selection);
    if (selection.shows("displayName")) {
        writer.member("displayName", user.name);
    }
    if (selection.shows("userName")) {
        writer.member("userName", user.user_name);
    }
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

void write_json(json::Writer& writer, const UserResource& resource) {
    const User& user = resource.user;
    const Selection& selection = resource.selection;
    writer.begin_object();
    writer.key("schemas");
    writer.begin_array();
    writer.value(domain::scim::kUserSchema);
    writer.end_array();
    writer.member("id", user.id);
    if (selection.shows("externalId")) {
        writer.member("externalId", user.id);
    }
    if (selection.shows("active")) {
        writer.member("active", user.active);
    }
    write_names(writer, user, selection);
    if (selection.shows("meta")) {
        write_meta(writer, resource);
    }
    if (selection.shows("emails")) {
        write_emails(writer, user, selection);
    }
    for (const auto& [attribute, value] : user.echo_attributes) {
        const std::string_view name = domain::scim::echo_name(attribute);
        if (selection.shows(name)) {
            writer.member(name, value);
        }
    }
    writer.end_object();
}

}  // namespace innergate::handlers::scim
