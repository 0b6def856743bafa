// Binds a handler function and a parameter schema into what a row of the path table holds.
#pragma once

#include <span>
#include <tuple>
#include <type_traits>

#include "app/params/schema.hpp"
#include "app/routing/reply.hpp"
#include "app/routing/scope.hpp"

namespace innergate::routing {

struct Operation {
    /// Coerces the parameters, calls the handler, renders its reply.
    Result<http::Response> (*run
    )(Scope& scope, const json::Object& parameters, int success_status) = nullptr;
    std::span<const params::Description> parameters;
    /// What it may answer in JSON, besides the envelopes of refusals.
    std::span<const ReplyForm> replies;
    /// False: the handler asks for another caller; a test asks for the one that the policy yields.
    bool (*accepts)(const auth::Caller& caller) = nullptr;
};

/// For handlers that take no parameters.
struct NoRequest {};
inline constexpr auto kNoParams = params::schema<NoRequest>();

namespace detail {

template <class Value>
struct IsResult : std::false_type {};
template <class Value>
struct IsResult<Result<Value>> : std::true_type {};

template <class Reply>
Result<http::Response> render(const Reply& reply, int success_status) {
    if constexpr (IsResult<Reply>::value) {
        if (!reply) {
            return tl::unexpected(reply.error());
        }
        return to_response(*reply, success_status);
    } else {
        return to_response(reply, success_status);
    }
}

template <class Argument>
bool accepts_as(const auth::Caller& caller) {
    using Type = std::remove_cvref_t<Argument>;
    if constexpr (kIsAlternative<Type, auth::Caller>) {
        return std::holds_alternative<Type>(caller);
    } else {
        return true;
    }
}

/// Takes a handler's signature apart.
template <auto Handler, const auto& Params, class Signature = decltype(Handler)>
struct Caller;

template <auto Handler, const auto& Params, class Reply, class... Arguments>
struct Caller<Handler, Params, Reply (*)(Arguments...)> {
    using Request = typename std::remove_cvref_t<decltype(Params)>::request_type;

    static constexpr std::span<const ReplyForm> kReplies = reply_forms<Reply>();

    static Result<http::Response> run(
        Scope& scope, const json::Object& parameters, int success_status
    ) {
        const Result<Request> request = Params.parse(parameters);
        if (!request) {
            return tl::unexpected(request.error());
        }
        return render(call<Arguments...>(scope, *request), success_status);
    }

    static bool accepts(const auth::Caller& caller) {
        return (accepts_as<Arguments>(caller) && ...);
    }

private:
    template <class First, class... Rest>
    static Reply call(Scope& scope, const Request& request) {
        if constexpr (std::is_same_v<std::remove_cvref_t<First>, Request>) {
            std::tuple<Dependency<std::remove_cvref_t<Rest>>...> dependencies{
                Dependency<std::remove_cvref_t<Rest>>{scope}...};
            return std::apply(
                [&request](auto&... dependency) { return Handler(request, dependency.get()...); },
                dependencies
            );
        } else {
            std::tuple<
                Dependency<std::remove_cvref_t<First>>,
                Dependency<std::remove_cvref_t<Rest>>...>
                dependencies{
                    Dependency<std::remove_cvref_t<First>>{scope},
                    Dependency<std::remove_cvref_t<Rest>>{scope}...};
            return std::apply(
                [](auto&... dependency) { return Handler(dependency.get()...); }, dependencies
            );
        }
    }
    template <class... None>
    requires(sizeof...(None) == 0) static Reply call(Scope& /*scope*/, const Request& /*request*/) {
        return Handler();
    }
};

}  // namespace detail

/// `operation<discover, kDiscoverParams>`: the handler's signature says the rest.
template <auto Handler, const auto& Params = kNoParams>
inline constexpr Operation operation{
    .run = &detail::Caller<Handler, Params>::run,
    .parameters = Params.describe(),
    .replies = detail::Caller<Handler, Params>::kReplies,
    .accepts = &detail::Caller<Handler, Params>::accepts,
};

}  // namespace innergate::routing
