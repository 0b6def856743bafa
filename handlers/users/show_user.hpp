// GET /internal/gitlab_subscriptions/users/:id: who a user id belongs to.
#pragma once

#include <string>

#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/instance.hpp"
#include "handlers/entities/user.hpp"
#include "handlers/stores/identity/user_store.hpp"

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

constexpr auto shape_of(std::type_identity<UserReply> /*type*/) {
    return shape::object<UserReply>(
        shape::member(
            "id", [](const UserReply& reply) { return reply.user.id; }, "The user's id"
        ),
        shape::member(
            "username",
            [](const UserReply& reply) -> const auto& { return reply.user.username; },
            "The name of the account"
        ),
        shape::member(
            "name",
            [](const UserReply& reply) -> const auto& { return reply.user.name; },
            "The full name"
        ),
        shape::member(
            "web_url", &UserReply::web_url, shape::Doc{"The address of the user's page", "uri"}
        )
    );
}

/// Blocked users and bots are users, too. Errors: not_found `404 User Not Found`.
[[nodiscard]] Result<UserReply> show_user(
    const ShowUserRequest& request, UserStore& users, const settings::Instance& instance
);

}  // namespace innergate::handlers::users
