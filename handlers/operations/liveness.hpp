// GET /-/liveness: does this process answer at all?
#pragma once

#include "app/json/writer.hpp"

namespace innergate::handlers::operations {

struct Liveness {};

[[nodiscard]] Liveness liveness();

/// `{"status":"ok"}`
void write_json(json::Writer& writer, const Liveness& liveness);

}  // namespace innergate::handlers::operations
