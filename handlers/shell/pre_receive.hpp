// POST /internal/pre_receive: Gitaly counts a push that begins.
#pragma once

#include <string>

#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/push_store.hpp"

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

/// A counter that cannot be kept is `false` with 200, never an error: Gitaly then fails the push.
[[nodiscard]] ReferenceCounterIncrease pre_receive(
    const PreReceiveRequest& request, PushStore& pushes, const Clock& clock
);

/// `{"reference_counter_increased":true}`
void write_json(json::Writer& writer, const ReferenceCounterIncrease& increase);

}  // namespace innergate::handlers::shell
