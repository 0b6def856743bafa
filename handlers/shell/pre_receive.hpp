// POST /internal/pre_receive: Gitaly counts a push that begins.
#pragma once

#include <string>

#include "app/clock.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/pushes/push_store.hpp"

namespace innergate::handlers::shell {

struct PreReceiveRequest {
    std::string gl_repository;
};

inline constexpr auto kPreReceiveParams = params::schema<PreReceiveRequest>(params::required_name(
    "gl_repository",
    &PreReceiveRequest::gl_repository,
    "Repository that is pushed to, such as project-7; any name is counted"
));

struct ReferenceCounterIncrease {
    bool is_increased = false;
    std::string log_detail;
};

constexpr auto shape_of(std::type_identity<ReferenceCounterIncrease> /*type*/) {
    return shape::object<ReferenceCounterIncrease>(shape::member(
        "reference_counter_increased",
        &ReferenceCounterIncrease::is_increased,
        "`false` when the counter could not be kept: the push must not go on"
    ));
}

/// If the database refuses to keep the counter, the answer is `false` with 200: Gitaly then fails
/// the push without a word. If it cannot serve now, db::Unavailable is thrown instead: Gitaly asks
/// again, and in the end tells the person that the internal API could not be reached.
[[nodiscard]] ReferenceCounterIncrease pre_receive(
    const PreReceiveRequest& request, PushStore& pushes, const Clock& clock
);

}  // namespace innergate::handlers::shell
