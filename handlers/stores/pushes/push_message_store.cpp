#include "handlers/stores/pushes/push_message_store.hpp"

#include <chrono>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr std::chrono::seconds kLifetime{300};

constexpr db::Query kQueue{
    "post_push_messages.queue",
    R"sql(
    insert into post_push_messages (kind, user_id, gl_repository, message, expires_at)
    values (:kind, :user_id, :gl_repository, :message, :expires_at)
        on conflict (user_id, gl_repository, kind) do update
       set message = excluded.message, expires_at = excluded.expires_at)sql",
    db::Access::write};

}  // namespace

std::string_view to_string(PushMessageKind kind) {
    switch (kind) {
        case PushMessageKind::moved:
            return "moved";
        case PushMessageKind::created:
            return "created";
    }
    return {};
}

void PushMessageStore::queue(
    PushMessageKind kind,
    UserId user_id,
    std::string_view gl_repository,
    std::string_view message,
    Timestamp now
) {
    const std::string kind_text{to_string(kind)};
    const std::string repository{gl_repository};
    const std::string text{message};
    const Timestamp expires_at = now + kLifetime;
    session_.execute(
        kQueue,
        soci::use(kind_text, "kind"),
        soci::use(user_id.value, "user_id"),
        soci::use(repository, "gl_repository"),
        soci::use(text, "message"),
        soci::use(expires_at, "expires_at")
    );
}

}  // namespace innergate::handlers
