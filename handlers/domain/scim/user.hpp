// A person as SCIM shows them (RFC 7643 section 4.1): one identity with its account.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/clock.hpp"
#include "handlers/domain/scim/attribute.hpp"

namespace innergate::handlers::domain::scim {

/// `nickName`, `title`, `userType`, `preferredLanguage`, `locale`, `timezone`: kept for the
/// provider on the identity, and never copied to the account.
using EchoAttributes = std::map<Attribute, std::string>;

struct User {
    std::string id;  ///< and externalId, which is the same
    bool active = true;
    std::string user_name;
    std::string name;
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;
    std::string email;
    Timestamp created;
    Timestamp last_modified;
    EchoAttributes echo_attributes;
};

}  // namespace innergate::handlers::domain::scim
