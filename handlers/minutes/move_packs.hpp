// PATCH /namespaces/:id/minutes/move/:target_id: all packs of one namespace become another's.
#pragma once

#include <string>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/billing/compute_pack_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::minutes {

struct MovePacksRequest {
    std::string id;
    std::string target_id;
};

inline constexpr auto kMovePacksParams = params::schema<MovePacksRequest>(
    params::required(
        "id", &MovePacksRequest::id, "Id or URL-encoded full path of the namespace that has them"
    ),
    params::required(
        "target_id",
        &MovePacksRequest::target_id,
        "Id or URL-encoded full path of the namespace that gets them"
    )
);

/// `{"message":"202 Accepted"}`: clients were told that the move takes time, but here it is done
/// already.
struct MoveAccepted {};

constexpr auto shape_of(std::type_identity<MoveAccepted> /*type*/) {
    return shape::object<MoveAccepted>(
        shape::constant("message", "202 Accepted", "Always this text: the packs are moved")
    );
}

/// Expired packs move too. The answer is the same where there is nothing to move, or source and
/// target are the same. Errors: not_found for either namespace, the one that has the packs first;
/// bad_request unless both are roots and a user owns both.
[[nodiscard]] Result<MoveAccepted> move_packs(
    const MovePacksRequest& request,
    NamespaceStore& namespaces,
    ComputePackStore& packs,
    const Clock& clock
);

}  // namespace innergate::handlers::minutes
