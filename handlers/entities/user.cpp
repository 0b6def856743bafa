#include "handlers/entities/user.hpp"

namespace innergate::handlers {

void write_json(json::Writer& writer, const User& user) {
    writer.begin_object();
    writer.member("id", user.id.value);
    writer.member("name", user.name);
    writer.member("username", user.username);
    writer.end_object();
}

}  // namespace innergate::handlers
