#include "handlers/operations/liveness.hpp"

namespace innergate::handlers::operations {

Liveness liveness() {
    return {};
}

}  // namespace innergate::handlers::operations
