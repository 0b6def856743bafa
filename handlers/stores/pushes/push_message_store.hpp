// Messages that wait for a user's next push to a repository.
#pragma once

#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

enum class PushMessageKind { moved, created };

/// `moved` or `created`, as the database has them.
[[nodiscard]] std::string_view to_string(PushMessageKind kind);

class PushMessageStore {
public:
    explicit PushMessageStore(db::Session& session) : session_(session) {}

    /// The message is shown after the user's next push to the repository within five minutes,
    /// GitLab's time for such messages. The newest of a kind replaces the one before.
    void queue(
        PushMessageKind kind,
        UserId user_id,
        std::string_view gl_repository,
        std::string_view message,
        Timestamp now
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
