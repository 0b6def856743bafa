#include "handlers/entities/limit_exclusion.hpp"

namespace innergate::handlers {

void write_json(json::Writer& writer, const LimitExclusion& exclusion) {
    writer.begin_object();
    writer.member("id", exclusion.id.value);
    writer.member("namespace_id", exclusion.namespace_id.value);
    writer.member("namespace_name", exclusion.namespace_name);
    writer.member("reason", exclusion.reason);
    writer.end_object();
}

}  // namespace innergate::handlers
