// GET /-/openapi.json: what this pool serves, for people and for those who generate clients.
#pragma once

#include "app/routing/reply.hpp"

namespace innergate::handlers::operations {

[[nodiscard]] routing::DocumentReply internal_openapi();
[[nodiscard]] routing::DocumentReply public_openapi();

}  // namespace innergate::handlers::operations
