// GET /-/readiness: can this process serve requests now? For load balancers.
#pragma once

#include <optional>
#include <string>

#include "app/db/health.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers::operations {

struct Readiness {
    std::optional<std::string> fault;  ///< nothing: ready

    [[nodiscard]] int http_status() const { return fault ? 503 : 200; }
};

/// What the database and its schema were found to be within the last two seconds. Nobody is asked
/// now: the answer must come though the database does not.
[[nodiscard]] Readiness readiness(const db::Health& health);

/// `{"status":"ok"}`, or `{"status":"failed","message":"cannot open …"}` with 503.
void write_json(json::Writer& writer, const Readiness& readiness);

}  // namespace innergate::handlers::operations
