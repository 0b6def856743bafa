#include "handlers/operations/readiness.hpp"

#include "app/db/readiness.hpp"

namespace innergate::handlers::operations {

Readiness readiness(db::Session& session) {
    return {.fault = db::fault_of(session)};
}

void write_json(json::Writer& writer, const Readiness& readiness) {
    writer.begin_object();
    writer.member("status", readiness.fault ? "failed" : "ok");
    if (readiness.fault) {
        writer.member("message", *readiness.fault);
    }
    writer.end_object();
}

}  // namespace innergate::handlers::operations
