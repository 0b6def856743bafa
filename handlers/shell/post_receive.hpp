// POST /internal/post_receive: Gitaly tells of a push that is done, and asks what to tell the
// person who pushed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/clock.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/routing/scope.hpp"
#include "app/routing/slow_work.hpp"
#include "app/settings/instance.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/git/project_store.hpp"
#include "handlers/stores/identity/user_store.hpp"
#include "handlers/stores/pushes/broadcast_message_store.hpp"
#include "handlers/stores/pushes/merge_request_store.hpp"
#include "handlers/stores/pushes/push_store.hpp"

namespace innergate::handlers::shell {

struct PostReceiveRequest : ActorParams {
    std::string gl_repository;
    std::optional<std::string> changes;
    std::optional<params::OneOrMany> push_options;
};

inline constexpr auto kPostReceiveParams = params::schema<PostReceiveRequest>(
    params::required_name(
        "gl_repository",
        &PostReceiveRequest::gl_repository,
        "Repository that was pushed to, such as project-7"
    ),
    params::optional("identifier", &ActorParams::identifier, "Who pushed: user-ID or key-ID"),
    params::optional("changes", &PostReceiveRequest::changes, "Lines of old id, new id and ref"),
    params::at_most(
        10'000,
        params::optional(
            "push_options", &PostReceiveRequest::push_options, "Options of git push, as given"
        )
    )
);

/// Gitaly takes these two types only, and frames alerts.
enum class PushMessageType { basic, alert };

struct PushMessage {
    PushMessageType type = PushMessageType::basic;
    std::string text;
};

constexpr auto shape_of(std::type_identity<PushMessage> /*type*/) {
    return shape::object<PushMessage>(
        shape::member("message", &PushMessage::text, "The text"),
        shape::member(
            "type",
            [](const PushMessage& message) -> std::string_view {
                return message.type == PushMessageType::alert ? "alert" : "basic";
            },
            shape::Doc{"How Gitaly shows it: alerts are framed"}.one_of("basic", "alert")
        )
    );
}

struct PostReceiveAnswer {
    /// In the order in which they are shown: broadcast, warnings, merge requests in the order of
    /// the changes, moved, created.
    std::vector<PushMessage> messages;
    std::string log_detail;
};

constexpr auto shape_of(std::type_identity<PostReceiveAnswer> /*type*/) {
    return shape::object<PostReceiveAnswer>(
        shape::member(
            "messages",
            &PostReceiveAnswer::messages,
            "For the person who pushed, in the order in which they are shown"
        ),
        shape::constant("reference_counter_decreased", true, "The push is counted as done")
    );
}

/// Everything is read first. Then the counter, the job and the messages that are shown once are
/// written in one transaction. So a database that fails in between leaves nothing half done, and
/// the answer is 503. An unknown user or repository is no error: the job is queued, and the answer
/// says less.
///
/// A push that brings the first branches of a project gives it its default branch; for that its
/// repository is looked into, on the slow lane (see FirstPush).
[[nodiscard]] PostReceiveAnswer post_receive(
    const PostReceiveRequest& request,
    UserStore& users,
    PushStore& pushes,
    ProjectStore& projects,
    BroadcastMessageStore& broadcasts,
    MergeRequestStore& merge_requests,
    inspectors::Inspectors& inspectors,
    const settings::Instance& instance,
    const routing::CorrelationId& correlation_id,
    const routing::SlowWork& slow_work,
    const Clock& clock
);

}  // namespace innergate::handlers::shell
