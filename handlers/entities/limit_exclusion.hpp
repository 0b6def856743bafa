// A namespace that no storage limit holds, as it is shown in the list and when it is excluded.
#pragma once

#include <string>

#include "app/ids.hpp"
#include "app/json/shape.hpp"

namespace innergate::handlers {

using LimitExclusionId = Id<struct LimitExclusionTag>;

struct LimitExclusion {
    LimitExclusionId id;
    NamespaceId namespace_id;
    std::string namespace_name;
    std::string reason;
};

constexpr auto shape_of(std::type_identity<LimitExclusion> /*type*/) {
    return shape::object<LimitExclusion>(
        shape::member("id", &LimitExclusion::id, "The exclusion's id"),
        shape::member("namespace_id", &LimitExclusion::namespace_id, "The namespace's id"),
        shape::member("namespace_name", &LimitExclusion::namespace_name, "The namespace's name"),
        shape::member("reason", &LimitExclusion::reason, "Why no storage limit holds it")
    );
}

}  // namespace innergate::handlers
