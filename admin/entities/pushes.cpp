// What pushes show, and what they leave to be done.
#include <array>
#include <chrono>
#include <string>

#include "admin/entities/access_levels.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/written.hpp"

#include "app/clock.hpp"
#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

constexpr std::array<Word, 2> kBroadcastTypes{{
    {"banner", 1},
    {"notification", 2},
}};

constexpr std::array kBroadcastMembers{
    shown("id", Kind::bigint),
    shown("message", Kind::text).by_option("--message", "The text", written::text, Need::required),
    shown("starts_at", Kind::timestamp)
        .by_option(
            "--starts-at",
            "Day or time in UTC, such as 2030-01-31T08:00:00Z; else now",
            written::time,
            Need::optional
        ),
    shown("ends_at", Kind::timestamp)
        .by_option(
            "--ends-at",
            "Day or time in UTC from which on it is not shown; else an hour after its start",
            written::time,
            Need::optional
        ),
    shown("type", Kind::text)
        .into("broadcast_type")
        .in_words(kBroadcastTypes)
        .by_option(
            "--type",
            "banner or notification; pushes show banners only",
            written::word,
            Need::optional
        )
        .settable(),
    shown("show_in_cli", Kind::boolean)
        .by_option("--no-cli", "Not behind pushes", written::no, Need::flag),
    shown("target_path", Kind::text)
        .by_option(
            "--target-path",
            "Only for projects whose full path this is; * stands for any text",
            written::text,
            Need::optional
        ),
    shown("target_access_levels", Kind::text, "t.target_access_levels")
        .as_json_array()
        .in_words(kAccessLevels)
        .by_option(
            "--target-access-levels",
            "Only for these roles, such as developer,maintainer",
            written::words,
            Need::optional
        )
        .settable(),
};

/// GitLab's broadcast message API has the same defaults.
void default_times(const Context& /*context*/, NewRow& row) {
    constexpr std::chrono::hours kShown{1};
    if (row.find("starts_at") == nullptr) {
        row.set("starts_at", Cell::Type::text, to_iso8601(SystemClock{}.now()));
    }
    const auto start = parse_timestamp(row.find("starts_at")->text);
    if (start && row.find("ends_at") == nullptr) {
        row.set("ends_at", Cell::Type::text, to_iso8601(*start + kShown));
    }
}

constexpr std::array kJobMembers{
    shown("id", Kind::bigint),
    shown("state", Kind::text),
    shown("gl_repository", Kind::text),
    shown("project", Kind::text, "routes.path"),
    shown("identifier", Kind::text),
    shown("attempts", Kind::integer),
    shown("run_at", Kind::timestamp),
    shown("last_error", Kind::text),
    shown("created_at", Kind::timestamp),
    shown("user", Kind::text, "users.username").only_alone(),
    shown("claimed_until", Kind::timestamp).only_alone(),
    shown("changes", Kind::text).only_alone(),
    shown("push_options", Kind::text).only_alone(),
    shown("new_default_branch", Kind::text).only_alone(),
    shown("correlation_id", Kind::text).only_alone(),
    shown("last_output", Kind::text).only_alone(),
};

constexpr std::array kJobFilters{
    NamedCondition{"is_waiting", "t.state = 'waiting'"},
    NamedCondition{"is_running", "t.state = 'running'"},
    NamedCondition{"has_failed", "t.state = 'failed'"},
};

}  // namespace

constexpr Entity entities::kBroadcast{
    .name = "broadcast",
    .description = "Messages that are shown to whoever pushes",
    .reference = "id",
    .table = "broadcast_messages",
    .from = "broadcast_messages as t",
    .condition = {},
    .called = {},
    .members = kBroadcastMembers,
    .complete = default_times,
};

constexpr Entity entities::kJob{
    .name = "job",
    .description = {},
    .reference = "id",
    .table = "post_receive_jobs",
    .from =
        "post_receive_jobs as t left join users on users.id = t.user_id "
        "left join routes on routes.source_project_id = t.project_id",
    .condition = {},
    .called = {},
    .members = kJobMembers,
    .filters = kJobFilters,
};

}  // namespace innergate::admin
