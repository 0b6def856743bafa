// Who asks for access to a repository, and the instance's settings that every answer needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct ActorFacts {
    domain::git_access::Actor actor;
    /// Of the actor's user; nothing: never, or there is no user.
    std::optional<Date> last_activity_on;
    domain::git_access::InstanceFacts instance;
};

class ActorStore {
public:
    explicit ActorStore(db::Session& session) : session_(session) {}

    /// A key that may authenticate and its owner; people's keys and deploy keys share one id space.
    /// For an unknown key and one that only signs, there is neither key nor owner.
    [[nodiscard]] ActorFacts find_by_key(KeyId key_id);
    [[nodiscard]] ActorFacts find_by_user(UserId user_id);
    /// Compared without regard to case.
    [[nodiscard]] ActorFacts find_by_username(std::string_view username);
    /// Nobody in particular: the instance's settings alone.
    [[nodiscard]] ActorFacts anonymous();

    /// Remembers that the user was active today, unless that is known. Answers whether it wrote.
    bool touch_user(UserId user_id, Date today);

private:
    ActorFacts fetch(
        std::optional<long long> key_id,
        std::optional<long long> user_id,
        const std::optional<std::string>& username
    );

    db::Session& session_;
};

}  // namespace innergate::handlers
