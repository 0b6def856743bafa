// GET /internal/gitlab_subscriptions/users/:id: who a user id belongs to.
#pragma once

#include <string>

#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "app/settings/settings.hpp"
#include "handlers/entities/user.hpp"
#include "handlers/stores/user_store.hpp"

namespace innergate::handlers::users {

struct ShowUserRequest {
    long long id = 0;
};

inline constexpr auto kShowUserParams = params::schema<ShowUserRequest>(
    params::required("id", &ShowUserRequest::id, "Id of the user; a username is none")
);

struct UserReply {
    User user;
    std::string web_url;
};

/// Blocked users and bots are users, too. Errors: not_found `404 User Not Found`.
[[nodiscard]] Result<UserReply> show_user(
    const ShowUserRequest& request, UserStore& users, const settings::Instance& instance
);

/// `{"id":2,"username":"john_smith","name":"John Smith","web_url":"…/john_smith"}`
void write_json(json::Writer& writer, const UserReply& reply);

}  // namespace innergate::handlers::users
