#include "handlers/namespaces/list_owners.hpp"

namespace innergate::handlers::namespaces {
namespace {

constexpr int kOwner = 50;

}  // namespace

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

void write_json(json::Writer& writer, const OwnersReply& reply) {
    writer.begin_array();
    for (const GroupOwner& owner : reply.owners.page) {
        writer.begin_object();
        writer.key("user");
        writer.begin_object();
        writer.member("id", owner.id.value);
        writer.member("username", owner.username);
        writer.member("name", owner.name);
        writer.end_object();
        writer.member("access_level", kOwner);
        writer.member("notification_email", owner.notification_email);
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace innergate::handlers::namespaces
