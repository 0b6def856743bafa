// For endpoints that look for what the path names before they judge the rest of the parameters.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "app/error.hpp"
#include "app/json/value.hpp"
#include "app/params/description.hpp"
#include "app/params/schema.hpp"

namespace innergate::params {

/// What the request is about (the target), and what it says about that (the rest). The handler
/// answers the faults of the rest once it has found the target:
///
///     if (!request.rest) {
///         return tl::unexpected(request.rest.error());
///     }
template <class Target, class Rest>
struct Deferred {
    Target target;      ///< from the path
    Result<Rest> rest;  ///< as Schema::parse() answers
};

/// Reads a Deferred; fails for faults of the target only.
template <class TargetSchema, class RestSchema, std::size_t Size>
class DeferredSchema {
public:
    using request_type =
        Deferred<typename TargetSchema::request_type, typename RestSchema::request_type>;

    constexpr DeferredSchema(const TargetSchema& target, const RestSchema& rest)
        : target_(target), rest_(rest) {
        const auto copied = std::ranges::copy(target.describe(), descriptions_.begin());
        std::ranges::copy(rest.describe(), copied.out);
    }

    [[nodiscard]] Result<request_type> parse(const json::Object& parameters) const {
        auto target = target_.parse(parameters);
        if (!target) {
            return tl::unexpected(std::move(target.error()));
        }
        return request_type{std::move(*target), rest_.parse(parameters)};
    }

    /// Both, the target first.
    [[nodiscard]] constexpr std::span<const Description> describe() const { return descriptions_; }

private:
    TargetSchema target_;
    RestSchema rest_;
    std::array<Description, Size> descriptions_{};
};

/// For operation<>: `deferred(kNamespaceParams, kCreateParams)`.
template <class Target, class... TargetRules, class Rest, class... RestRules>
[[nodiscard]] constexpr DeferredSchema<
    Schema<Target, TargetRules...>,
    Schema<Rest, RestRules...>,
    sizeof...(TargetRules) + sizeof...(RestRules)>
deferred(const Schema<Target, TargetRules...>& target, const Schema<Rest, RestRules...>& rest) {
    return {target, rest};
}

}  // namespace innergate::params
