#include "handlers/namespaces/list_owners.hpp"

namespace innergate::handlers::namespaces {

Result<OwnersReply> list_owners(
    const OwnersRequest& request,
    NamespaceStore& namespaces,
    GroupOwnerStore& owners,
    const Clock& clock,
    const routing::RequestUrl& url
) {
    const auto found = namespaces.find(request.id);
    if (!found || found->kind != NamespaceKind::group) {
        return failure(ErrorCode::not_found, "404 Group Namespace Not Found");
    }
    return OwnersReply{
        .owners =
            owners.list(found->id, clock.today(), request.wish.per_page, request.wish.offset()),
        .wish = request.wish,
        .url = url.value,
    };
}

std::vector<http::ResponseField> OwnersReply::headers() const {
    return routing::page_headers(wish, owners.total, url);
}

}  // namespace innergate::handlers::namespaces
