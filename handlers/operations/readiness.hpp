// GET /-/readiness: can this process serve requests now? For load balancers.
#pragma once

#include <optional>
#include <string>

#include "app/json/writer.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers::operations {

struct Readiness {
    std::optional<std::string> fault;  ///< nothing: ready

    [[nodiscard]] int http_status() const { return fault ? 503 : 200; }
};

/// Asks the database, and whether its schema is ours.
[[nodiscard]] Readiness readiness(db::Session& session);

/// `{"status":"ok"}`, or `{"status":"failed","message":"cannot open …"}` with 503.
void write_json(json::Writer& writer, const Readiness& readiness);

}  // namespace innergate::handlers::operations
