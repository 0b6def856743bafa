// The user as several endpoints show one.
#pragma once

#include <string>

#include "app/ids.hpp"
#include "app/json/shape.hpp"

namespace innergate::handlers {

struct User {
    UserId id;
    std::string name;
    std::string username;
};

constexpr auto shape_of(std::type_identity<User> /*type*/) {
    return shape::object<User>(
        shape::member("id", &User::id, "The user's id"),
        shape::member("name", &User::name, "The full name"),
        shape::member("username", &User::username, "The name of the account")
    );
}

}  // namespace innergate::handlers
