#include "handlers/operations/metrics.hpp"

namespace innergate::handlers::operations {

routing::TextReply metrics(const metrics::Registry& registry) {
    return {
        .content_type = "text/plain; version=0.0.4; charset=utf-8", .text = registry.exposition()};
}

}  // namespace innergate::handlers::operations
