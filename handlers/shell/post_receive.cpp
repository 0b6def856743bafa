#include "handlers/shell/post_receive.hpp"

#include <algorithm>
#include <span>

#include "app/blank.hpp"
#include "app/json/writer.hpp"
#include "handlers/domain/broadcast_message.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/merge_request_links.hpp"
#include "handlers/domain/push_options.hpp"
#include "handlers/domain/pushed_branches.hpp"
#include "handlers/shell/first_push.hpp"

namespace innergate::handlers::shell {
namespace {

using domain::git_access::ContainerKind;

struct PushedRepository {
    ContainerKind kind = ContainerKind::project;
    std::optional<PushedProject> project;  ///< nothing for a personal snippet

    [[nodiscard]] bool is_of_project() const {
        return kind == ContainerKind::project && project.has_value();
    }
};

/// Nothing: unknown.
std::optional<PushedRepository> find_repository(
    const std::string& gl_repository, PushStore& pushes
) {
    const auto name = domain::git_access::parse_gl_repository(gl_repository);
    if (!name) {
        return std::nullopt;
    }
    std::optional<ProjectId> project_id;
    switch (name->kind) {
        case ContainerKind::project:
        case ContainerKind::wiki:
            project_id = ProjectId{name->id};
            break;
        case ContainerKind::design:
            project_id = pushes.find_project_of_design_repository(name->id);
            break;
        case ContainerKind::snippet: {
            const auto snippet = pushes.find_snippet(name->id);
            if (snippet && !snippet->project_id) {
                return PushedRepository{.kind = name->kind, .project = {}};
            }
            project_id = snippet ? snippet->project_id : std::nullopt;
            break;
        }
    }
    auto project = project_id ? pushes.find_project(*project_id) : std::nullopt;
    if (!project) {
        return std::nullopt;
    }
    return PushedRepository{.kind = name->kind, .project = std::move(project)};
}

struct Push {
    std::span<const std::string> raw_options;
    domain::PushOptions options;
    std::vector<std::string> branches;
    std::optional<UserId> user_id;
    std::optional<PushedRepository> repository;

    /// It brings the first branches of a project's own repository.
    [[nodiscard]] bool is_first() const {
        return repository && repository->is_of_project() &&
               repository->project->is_repository_empty && !branches.empty();
    }
};

/// An alert that says why options for a merge request cannot be followed.
std::optional<std::string> option_warning(const Push& push) {
    if (!push.options.has_namespace("merge_request") || !push.repository) {
        return std::nullopt;
    }
    const bool is_of_project = push.repository->is_of_project();
    const auto error = domain::merge_request_option_error({
        .is_project_repository = is_of_project,
        .is_user_known = push.user_id.has_value(),
        .is_merge_requests_enabled =
            is_of_project && push.repository->project->is_merge_requests_enabled,
        .full_path = is_of_project ? push.repository->project->full_path : "",
        .branch_count = push.branches.size(),
    });
    return error ? std::optional{domain::push_option_warning(push.raw_options, *error)}
                 : std::nullopt;
}

std::optional<std::string> broadcast(
    const Push& push, ProjectStore& projects, BroadcastMessageStore& broadcasts, const Clock& clock
) {
    const std::vector<domain::Banner> banners = broadcasts.list_active_banners(clock.now());
    const PushedProject* const project =
        push.repository && push.repository->project ? &*push.repository->project : nullptr;
    std::optional<int> access_level;
    const bool is_level_asked = std::ranges::any_of(banners, [](const domain::Banner& banner) {
        return !banner.target_access_levels.empty();
    });
    if (is_level_asked && project != nullptr && push.user_id) {
        const auto found = projects.find(
            project->id, {.user_id = push.user_id, .deploy_key_id = {}, .today = clock.today()}
        );
        access_level = found ? std::optional{static_cast<int>(found->standing.role)} : std::nullopt;
    }
    const domain::Banner* const chosen = domain::choose_banner(
        banners, project == nullptr ? std::string_view{} : project->full_path, access_level
    );
    return chosen == nullptr ? std::nullopt : std::optional{chosen->message};
}

std::vector<std::string> merge_request_messages(
    const Push& push, MergeRequestStore& merge_requests, const settings::Instance& instance
) {
    if (!push.repository || !push.repository->is_of_project()) {
        return {};
    }
    const PushedProject& project = *push.repository->project;
    if (!project.prints_merge_request_links || !project.is_merge_requests_enabled ||
        project.is_repository_empty) {
        return {};
    }
    std::vector<std::string> branches = push.branches;
    std::erase(branches, project.default_branch.value_or(""));
    if (branches.empty()) {
        return {};
    }
    return domain::merge_request_messages(
        branches,
        merge_requests.list_open_from(project.id, branches),
        instance.external_url,
        project.full_path
    );
}

/// Nothing: it is none. On the fast lane this may end the handler.
std::optional<FirstPush> first_push(
    const Push& push,
    const PostReceiveRequest& request,
    inspectors::Inspectors& inspectors,
    const routing::CorrelationId& correlation_id,
    const routing::SlowWork& slow_work
) {
    if (!push.is_first()) {
        return std::nullopt;
    }
    const PushedProject& project = *push.repository->project;
    const bool can_look = inspectors.can_look_into(project.storage);
    const bool has_room = can_look && slow_work.begin_if_room();
    FirstPush first{inspectors, project, request.gl_repository, correlation_id.value};
    if (has_room) {
        first.ask_head();
    } else if (can_look) {
        first.leave_head("the slow lane is full");
    }
    return first;
}

FinishedPush finished_push(
    const PostReceiveRequest& request, const Push& push, const std::string& correlation_id
) {
    FinishedPush finished{
        .gl_repository = request.gl_repository,
        .identifier = request.identifier.value_or(""),
        .changes = request.changes.value_or(""),
        .push_options = {},
        .user_id = push.user_id,
        .project_id = {},
        .correlation_id = correlation_id,
        .messages_for = push.repository ? push.user_id : std::nullopt,
        .first_default_branch = {},
    };
    json::Writer writer{finished.push_options};
    write_json(writer, push.options);
    if (push.repository && push.repository->project) {
        finished.project_id = push.repository->project->id;
    }
    return finished;
}

void add(PostReceiveAnswer& answer, PushMessageType type, std::string text) {
    if (!is_blank(text)) {
        answer.messages.push_back({.type = type, .text = std::move(text)});
    }
}

}  // namespace

PostReceiveAnswer post_receive(
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
) {
    const std::vector<std::string> raw_options =
        request.push_options.value_or(params::OneOrMany{}).values;
    const auto user = find_user(request, users);
    const Push push{
        .raw_options = raw_options,
        .options = domain::PushOptions::parse(raw_options),
        .branches = domain::pushed_branches(request.changes.value_or("")),
        .user_id = user ? std::optional{user->id} : std::nullopt,
        .repository = find_repository(request.gl_repository, pushes),
    };
    std::optional<FirstPush> first =
        first_push(push, request, inspectors, correlation_id, slow_work);
    PostReceiveAnswer answer;
    if (auto text = broadcast(push, projects, broadcasts, clock)) {
        add(answer, PushMessageType::alert, std::move(*text));
    }
    if (auto text = option_warning(push)) {
        add(answer, PushMessageType::alert, std::move(*text));
    }
    for (std::string& text : merge_request_messages(push, merge_requests, instance)) {
        add(answer, PushMessageType::basic, std::move(text));
    }
    FinishedPush finished = finished_push(request, push, correlation_id.value);
    if (first) {
        finished.first_default_branch = first->choose(push.branches);
    }
    PushOutcome outcome = pushes.finish(finished, clock.now());
    for (std::string& text : outcome.messages) {
        add(answer, PushMessageType::basic, std::move(text));
    }
    if (first && outcome.new_default_branch) {
        first->point_head_at(*outcome.new_default_branch);
    }
    answer.log_detail = first ? first->fault() : "";
    return answer;
}

}  // namespace innergate::handlers::shell
