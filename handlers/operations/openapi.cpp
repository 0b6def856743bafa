#include "handlers/operations/openapi.hpp"

#include <string>

#include "handlers/path_tables.hpp"

namespace innergate::handlers::operations {

routing::DocumentReply internal_openapi() {
    // The same for the whole life of the process, and not made before somebody asks.
    static const std::string text = openapi_document(settings::PoolName::internal);
    return {text};
}

routing::DocumentReply public_openapi() {
    static const std::string text = openapi_document(settings::PoolName::public_);
    return {text};
}

}  // namespace innergate::handlers::operations
