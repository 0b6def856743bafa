#include "handlers/operations/readiness.hpp"

namespace innergate::handlers::operations {

Readiness readiness(const db::Health& health) {
    return {.fault = health.fault()};
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
