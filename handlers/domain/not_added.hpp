// Why a row of which a namespace can have one was not added.
#pragma once

namespace innergate::handlers::domain {

enum class NotAdded {
    has_one,       ///< which stays as it is
    no_namespace,  ///< not any more
};

}  // namespace innergate::handlers::domain
