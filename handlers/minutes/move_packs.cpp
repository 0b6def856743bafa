#include "handlers/minutes/move_packs.hpp"

#include "handlers/domain/compute_pack.hpp"
#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::minutes {

Result<MoveAccepted> move_packs(
    const MovePacksRequest& request,
    NamespaceStore& namespaces,
    ComputePackStore& packs,
    const Clock& clock
) {
    const auto source = namespaces.find(request.id);
    if (!source) {
        return namespace_not_found();
    }
    const auto target = namespaces.find(request.target_id);
    if (!target) {
        return failure(ErrorCode::not_found, "404 Target namespace Not Found");
    }
    const auto refusal = domain::refusal_of(
        {.source_is_root = source->is_root(),
         .target_is_root = target->is_root(),
         .have_common_owner = packs.have_common_owner(source->id, target->id, clock.today())}
    );
    if (refusal) {
        return failure(ErrorCode::bad_request, "400 Bad request - " + std::string{*refusal});
    }
    if (!packs.move(source->id, target->id, clock.now())) {
        return failure(ErrorCode::not_found, "404 Target namespace Not Found");
    }
    return MoveAccepted{};
}

}  // namespace innergate::handlers::minutes
