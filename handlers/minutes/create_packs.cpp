#include "handlers/minutes/create_packs.hpp"

#include "handlers/domain/compute_pack.hpp"
#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::minutes {
namespace {

/// As they can be stored; nothing: one of them cannot.
std::optional<std::vector<ComputePack>> as_packs(const std::vector<SubmittedPack>& submitted) {
    std::vector<ComputePack> packs;
    packs.reserve(submitted.size());
    for (const SubmittedPack& pack : submitted) {
        if (!pack.number_of_minutes || !pack.expires_at || !pack.purchase_xid ||
            !domain::is_purchase_xid(pack.purchase_xid->text)) {
            return std::nullopt;
        }
        packs.push_back(
            {.purchase_xid = pack.purchase_xid->text,
             .number_of_minutes = *pack.number_of_minutes,
             .expires_at = *pack.expires_at}
        );
    }
    return packs;
}

}  // namespace

Result<CreatedPacks> create_packs(
    const CreatePacksRequest& request,
    NamespaceStore& namespaces,
    ComputePackStore& packs,
    const Clock& clock
) {
    const auto found = namespaces.find(request.id);
    if (!found) {
        return namespace_not_found();
    }
    if (!found->is_root()) {
        return failure(
            ErrorCode::bad_request, "400 Bad request - Namespace must be a top-level namespace"
        );
    }
    const auto submitted = as_packs(request.packs);
    auto saved = submitted ? packs.save(found->id, *submitted, clock.now()) : std::nullopt;
    if (!saved) {
        return failure(
            ErrorCode::bad_request,
            "400 Bad request - Unable to save additional packs",
            submitted ? "a purchase of another namespace" : "a pack that is no pack"
        );
    }
    return CreatedPacks{.namespace_id = found->id, .packs = *std::move(saved)};
}

}  // namespace innergate::handlers::minutes
