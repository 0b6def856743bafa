#include "handlers/shell/discover.hpp"

namespace innergate::handlers::shell {

std::optional<User> discover(const ActorParams& request, UserStore& users) {
    return find_user(request, users);
}

}  // namespace innergate::handlers::shell
