#include "app/auth/policy.hpp"

namespace innergate::auth {
namespace {

Result<Caller> admit(const http::Request& /*request*/, routing::Scope& /*scope*/) {
    return Caller{Anonymous{}};
}

}  // namespace

constinit const Policy kNone{
    .name = "none",
    .description = "Open: the listener decides who reaches it.",
    .credentials = {},
    .authenticate = admit,
};

}  // namespace innergate::auth
