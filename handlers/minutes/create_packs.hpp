// POST /namespaces/:id/minutes: compute minutes were bought.
#pragma once

#include <optional>
#include <ranges>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/nested.hpp"
#include "handlers/stores/billing/compute_pack_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::minutes {

struct SubmittedPack {
    std::optional<int> number_of_minutes;
    std::optional<Date> expires_at;
    std::optional<params::Unquoted> purchase_xid;
};

struct CreatePacksRequest {
    std::string id;
    std::vector<SubmittedPack> packs;
};

inline constexpr auto kSubmittedPackParams = params::schema<SubmittedPack>(
    params::present(
        "number_of_minutes",
        &SubmittedPack::number_of_minutes,
        "How many minutes; corrections are negative"
    ),
    params::present("expires_at", &SubmittedPack::expires_at, "Last day on which they count"),
    params::present(
        "purchase_xid",
        &SubmittedPack::purchase_xid,
        "Name of the purchase, of 50 characters at most; a pack is stored once for each"
    )
);

inline constexpr auto kCreatePacksParams = params::schema<CreatePacksRequest>(
    params::required("id", &CreatePacksRequest::id, "Id or URL-encoded full path of the namespace"),
    params::required_each(
        "packs",
        &CreatePacksRequest::packs,
        kSubmittedPackParams,
        "What was bought; all of it is stored, or nothing",
        {.max_elements = 10'000, .may_be_empty = true}
    )
);

struct CreatedPacks {
    NamespaceId namespace_id;
    std::vector<ComputePack> packs;

    /// A pack as it is shown, with the namespace that it does not hold itself.
    struct Pack {
        const CreatedPacks& created;
        const ComputePack& pack;
    };
};

constexpr auto shape_of(std::type_identity<CreatedPacks::Pack> /*type*/) {
    using Pack = CreatedPacks::Pack;
    return shape::object<Pack>(
        shape::member(
            "namespace_id",
            [](const Pack& shown) { return shown.created.namespace_id; },
            "The id of the namespace that has the pack"
        ),
        shape::member(
            "expires_at",
            [](const Pack& shown) { return shown.pack.expires_at; },
            "The last day on which the minutes count"
        ),
        shape::member(
            "number_of_minutes",
            [](const Pack& shown) { return shown.pack.number_of_minutes; },
            "How many minutes; corrections are negative"
        ),
        shape::member(
            "purchase_xid",
            [](const Pack& shown) -> const auto& { return shown.pack.purchase_xid; },
            "The name of the purchase, by which a pack is known"
        )
    );
}

/// The packs in the order in which they were sent.
constexpr auto shape_of(std::type_identity<CreatedPacks> /*type*/) {
    return shape::as<CreatedPacks>([](const CreatedPacks& created) {
        return std::views::transform(created.packs, [&created](const ComputePack& pack) {
            return CreatedPacks::Pack{created, pack};
        });
    });
}

/// The request may be sent again: a pack of a purchase that the namespace has already stays, and is
/// answered as it is. Errors: not_found `404 Namespace Not Found`; bad_request for a namespace that
/// is no root; bad_request when one of the packs cannot be stored, or is another namespace's.
[[nodiscard]] Result<CreatedPacks> create_packs(
    const CreatePacksRequest& request,
    NamespaceStore& namespaces,
    ComputePackStore& packs,
    const Clock& clock
);

}  // namespace innergate::handlers::minutes
