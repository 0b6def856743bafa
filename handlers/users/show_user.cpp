#include "handlers/users/show_user.hpp"

#include <utility>

namespace innergate::handlers::users {

Result<UserReply> show_user(
    const ShowUserRequest& request, UserStore& users, const settings::Instance& instance
) {
    auto user = users.find(UserId{request.id});
    if (!user) {
        return failure(ErrorCode::not_found, "404 User Not Found");
    }
    std::string web_url = instance.external_url + "/" + user->username;
    return UserReply{.user = std::move(*user), .web_url = std::move(web_url)};
}

}  // namespace innergate::handlers::users
