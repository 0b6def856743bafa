// Why a row was not added where a namespace can have only one.
#pragma once

namespace innergate::handlers::domain {

enum class NotAdded {
    has_one,       ///< which stays as it is
    no_namespace,  ///< not any more
};

}  // namespace innergate::handlers::domain
