// A namespace that no storage limit holds, as the list and its making show it.
#pragma once

#include <string>

#include "app/ids.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {

using LimitExclusionId = Id<struct LimitExclusionTag>;

struct LimitExclusion {
    LimitExclusionId id;
    NamespaceId namespace_id;
    std::string namespace_name;
    std::string reason;
};

/// `{"id":1,"namespace_id":1234,"namespace_name":"A Namespace Name","reason":"a reason"}`
void write_json(json::Writer& writer, const LimitExclusion& exclusion);

}  // namespace innergate::handlers
