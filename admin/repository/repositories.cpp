#include "admin/repository/repositories.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/settings/storage_inspector.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/git_access/repository_path.hpp"
#include "handlers/stores/git/container_store.hpp"
#include "handlers/stores/git/repository_store.hpp"

namespace innergate::admin::repository {
namespace {

namespace git_access = handlers::domain::git_access;
namespace inspectors = handlers::inspectors;
using git_access::ContainerKind;
using git_access::InspectionFailure;
using handlers::Container;
using handlers::ContainerStore;

/// The time for one question. Pushes may wait for the answer, so it is shorter than a request's.
constexpr std::chrono::seconds kPatience{10};

inspectors::RepositoryName name_of(const ContainerFacts& facts) {
    return {
        .storage = std::string{storage_of(facts)},
        .relative_path = relative_path_of(facts),
        .gl_repository = to_string(gl_repository_of(facts)),
        .gl_project_path = gl_project_path_of(facts),
    };
}

inspectors::Occasion occasion() {
    return {.deadline = std::chrono::steady_clock::now() + kPatience};
}

std::optional<Container> find_container(ContainerStore& containers, const std::string& name) {
    const handlers::Viewer nobody{
        .user_id = {},
        .deploy_key_id = {},
        .today = std::chrono::floor<std::chrono::days>(SystemClock{}.now())};
    const auto numbered = git_access::parse_gl_repository(name);
    if (!numbered) {
        return containers.find_by_path(git_access::parse_repository_path(name), nobody);
    }
    switch (numbered->kind) {
        case ContainerKind::snippet:
            return containers.find_snippet(numbered->id, nobody);
        case ContainerKind::design:
            return containers.find_design(numbered->id, nobody);
        case ContainerKind::project:
        case ContainerKind::wiki:
            break;
    }
    return containers.find(numbered->kind, ProjectId{numbered->id}, nobody);
}

/// A wiki has no row of its own.
std::string stored_default_branch(const ContainerFacts& facts) {
    switch (facts.kind) {
        case ContainerKind::project:
            return facts.project ? facts.project->default_branch : std::string{};
        case ContainerKind::snippet:
            return facts.snippet ? facts.snippet->default_branch : std::string{};
        case ContainerKind::wiki:
        case ContainerKind::design:
            break;
    }
    return {};
}

std::string head_of_new(
    const ContainerFacts& facts,
    const std::optional<std::string>& asked,
    handlers::RepositoryStore& repositories
) {
    if (asked) {
        return *asked;
    }
    const std::string stored = stored_default_branch(facts);
    return stored.empty() ? repositories.default_branch_name(
                                facts.project ? facts.project->namespace_id : NamespaceId{}
                            )
                          : stored;
}

}  // namespace

std::unique_ptr<Repositories> Repositories::open(Context& context) {
    Database* const database = context.database();
    if (database == nullptr) {
        return nullptr;
    }
    auto tokens = auth::read_gitaly_tokens(context.settings.storages);
    if (!tokens) {
        context.fail(tokens.error());
        return nullptr;
    }
    return std::make_unique<Repositories>(*database, context.settings.storages, *std::move(tokens));
}

Repositories::Repositories(
    Database& database, const settings::Storages& storages, auth::GitalyTokens tokens
)
    : database_(database), tokens_(std::move(tokens)), inspectors_(storages, tokens_) {}

tl::expected<ContainerFacts, std::string> Repositories::find(const std::string& name) {
    ContainerStore containers{database_.session()};
    auto found = find_container(containers, name);
    if (!found) {
        return tl::unexpected(fmt::format("there is no project, wiki or snippet {}", name));
    }
    if (found->facts.kind == ContainerKind::design) {
        return tl::unexpected(
            fmt::format("{}: a project's designs get their repository with the first one", name)
        );
    }
    return std::move(found->facts);
}

Inspected<bool> Repositories::exists(const ContainerFacts& facts) {
    return inspectors_.look_into(name_of(facts), occasion())->exists();
}

Inspected<State> Repositories::look_into(const ContainerFacts& facts) {
    const auto inspection = inspectors_.look_into(name_of(facts), occasion());
    const auto exists = inspection->exists();
    if (!exists) {
        return tl::unexpected(exists.error());
    }
    if (!*exists) {
        return State{};
    }
    const auto is_empty = inspection->is_empty();
    if (!is_empty) {
        return tl::unexpected(is_empty.error());
    }
    auto default_branch = inspection->default_branch();
    if (!default_branch) {
        return tl::unexpected(std::move(default_branch.error()));
    }
    return State{
        .exists = true, .is_empty = *is_empty, .default_branch = *std::move(default_branch)};
}

Inspected<State> Repositories::record(const ContainerFacts& facts, bool is_branch_chosen) {
    Inspected<State> state;
    const auto look = [&]() -> std::optional<handlers::RepositoryState> {
        state = look_into(facts);
        if (state && !state->exists) {
            state = tl::unexpected(InspectionFailure{
                .kind = InspectionFailure::Kind::failed,
                .reason = "the repository went while it was looked at"});
        }
        if (!state) {
            return std::nullopt;
        }
        // While the repository is empty, the first push decides, unless the operator did.
        return handlers::RepositoryState{
            .is_empty = state->is_empty,
            .default_branch =
                state->is_empty && !is_branch_chosen ? std::nullopt : state->default_branch};
    };
    handlers::RepositoryStore{database_.session()}.record(gl_repository_of(facts), look);
    return state;
}

Inspected<Created> Repositories::create(
    const ContainerFacts& facts, const std::optional<std::string>& branch
) {
    handlers::RepositoryStore repositories{database_.session()};
    const auto creation = inspectors_.create_repository(
        name_of(facts), occasion(), head_of_new(facts, branch, repositories)
    );
    if (!creation) {
        return tl::unexpected(creation.error());
    }
    Inspected<State> state = record(facts, branch.has_value());
    const bool was_filled = facts.project && !facts.project->is_repository_empty;
    if (state && state->is_empty && was_filled) {
        // A first push that ended meanwhile found the row filled and left it so. From now on the
        // row says empty, and another look finds what that push brought.
        state = record(facts, branch.has_value());
    }
    if (!state) {
        return tl::unexpected(std::move(state.error()));
    }
    return Created{.creation = *creation, .state = *std::move(state)};
}

std::string describe_inspector(const settings::Storages& storages, const std::string& storage) {
    const auto found = storages.find(storage);
    if (found != storages.end()) {
        switch (settings::choose_inspector(found->second)) {
            case settings::Inspector::gitaly:
                return fmt::format("gitaly at {}", found->second.gitaly_address);
            case settings::Inspector::local:
                return fmt::format("local in {}", found->second.path);
            case settings::Inspector::none:
                break;
        }
    }
    return "nobody";
}

}  // namespace innergate::admin::repository
