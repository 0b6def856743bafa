#include "handlers/policies/parameter_token.hpp"

#include <algorithm>
#include <cstddef>

#include "app/http/url.hpp"
#include "app/routing/parameters.hpp"

namespace innergate::handlers::policies {
namespace {

constexpr std::size_t kMaxBodyBytes = std::size_t{64} * 1024;

}  // namespace

std::string token_from_query(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
) {
    const auto parameters =
        routing::query_parameters(http::split_target(request.target).query, limits);
    return parameters ? routing::first_text(*parameters, names) : std::string{};
}

std::string token_from_body(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
) {
    settings::Limits narrow = limits;
    narrow.max_body_bytes = std::min(limits.max_body_bytes, kMaxBodyBytes);
    return routing::text_in_body(request, narrow, names);
}

}  // namespace innergate::handlers::policies
