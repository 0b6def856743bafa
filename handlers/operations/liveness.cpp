#include "handlers/operations/liveness.hpp"

namespace innergate::handlers::operations {

Liveness liveness() {
    return {};
}

void write_json(json::Writer& writer, const Liveness& /*liveness*/) {
    writer.begin_object();
    writer.member("status", "ok");
    writer.end_object();
}

}  // namespace innergate::handlers::operations
