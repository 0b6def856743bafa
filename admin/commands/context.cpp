#include "admin/commands/context.hpp"

namespace innergate::admin {

Database* Context::database() {
    if (!opened_database) {
        auto options = database_options();
        if (!options) {
            fail(options.error());
            return nullptr;
        }
        opened_database.emplace(std::move(*options));
    }
    return &*opened_database;
}

void Context::fail(std::string_view reason) {
    err << "innergate-admin: " << reason << '\n';
    exit_status = ExitStatus::failed;
}

}  // namespace innergate::admin
