// The user as several endpoints show one.
#pragma once

#include <string>

#include "app/ids.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {

struct User {
    UserId id;
    std::string name;
    std::string username;
};

/// `{"id":7,"name":"Dede Eichmann","username":"rubi"}`
void write_json(json::Writer& writer, const User& user);

}  // namespace innergate::handlers
