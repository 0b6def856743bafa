// Whether a database can serve, for code that must not know SOCI.
#pragma once

#include <optional>
#include <string>

namespace innergate::db {

class Session;

/// Why the database cannot serve now: out of reach, or on another schema version. Nothing: it can.
[[nodiscard]] std::optional<std::string> fault_of(Session& session);

}  // namespace innergate::db
