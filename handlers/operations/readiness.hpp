// GET /-/readiness: can this process serve requests now? For load balancers.
#pragma once

#include <array>
#include <string>
#include <variant>

#include "app/db/health.hpp"
#include "app/json/shape.hpp"

namespace innergate::handlers::operations {

struct Ready {};

constexpr auto shape_of(std::type_identity<Ready> /*type*/) {
    return shape::object<Ready>(shape::constant("status", "ok", "Requests can be served"));
}

struct NotReady {
    static constexpr std::array kStatuses{503};

    std::string fault;

    [[nodiscard]] static int http_status() { return kStatuses.front(); }
};

constexpr auto shape_of(std::type_identity<NotReady> /*type*/) {
    return shape::object<NotReady>(
        shape::constant("status", "failed", "Requests cannot be served"),
        shape::member("message", &NotReady::fault, "Why not, such as `cannot open …`")
    );
}

/// Tells what was found about the database and its schema within the last two seconds. The database
/// is not asked now: the answer must come even if the database does not answer.
[[nodiscard]] std::variant<Ready, NotReady> readiness(const db::Health& health);

}  // namespace innergate::handlers::operations
