#include "handlers/policies/parameter_token.hpp"

#include <algorithm>
#include <cstddef>

#include "app/http/url.hpp"
#include "app/routing/parameters.hpp"

namespace innergate::handlers::policies {
namespace {

constexpr std::size_t kMaxBodyBytes = std::size_t{64} * 1024;

std::string token_in(
    const Result<json::Object>& parameters, std::span<const std::string_view> names
) {
    if (!parameters) {
        return {};
    }
    for (const std::string_view name : names) {
        const json::Value* const value = json::find(*parameters, name);
        if (value != nullptr && value->string() != nullptr && !value->string()->empty()) {
            return *value->string();
        }
    }
    return {};
}

}  // namespace

std::string token_from_query(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
) {
    return token_in(
        routing::query_parameters(http::split_target(request.target).query, limits), names
    );
}

std::string token_from_body(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
) {
    settings::Limits narrow = limits;
    narrow.max_body_bytes = std::min(limits.max_body_bytes, kMaxBodyBytes);
    return token_in(routing::gather_parameters(request, {}, {}, narrow), names);
}

}  // namespace innergate::handlers::policies
