#include "app/db/readiness.hpp"

#include "app/db/session.hpp"

namespace innergate::db {

std::optional<std::string> fault_of(Session& session) {
    try {
        session.ping();  // finds a dead connection and opens a new one
        session.check_schema();
        return std::nullopt;
    } catch (const std::exception& error) {
        return error.what();
    }
}

}  // namespace innergate::db
