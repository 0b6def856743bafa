// What a request is about: small questions that many rules ask.
#pragma once

#include <optional>
#include <stdexcept>
#include <string_view>

#include "handlers/domain/git_access/changes.hpp"
#include "handlers/domain/git_access/decision_input.hpp"

namespace innergate::handlers::domain::git_access {

inline constexpr std::string_view kUploadPack = "git-upload-pack";
inline constexpr std::string_view kUploadArchive = "git-upload-archive";
inline constexpr std::string_view kReceivePack = "git-receive-pack";

[[nodiscard]] inline bool is_download(const AccessRequest& request) {
    return request.action == kUploadPack || request.action == kUploadArchive;
}

[[nodiscard]] inline bool is_push(const AccessRequest& request) {
    return request.action == kReceivePack;
}

/// The web interface and the API push through Gitaly too, and were checked by GitLab itself.
[[nodiscard]] inline bool is_web(const AccessRequest& request) {
    return request.protocol == "web";
}

/// Asked by gitlab-shell before Git speaks, not by the hook about what was pushed.
[[nodiscard]] inline bool is_before_git(const AccessRequest& request) {
    return is_any_change(request.changes);
}

/// For rules that come after a container is known to be there. Throws std::logic_error if none is.
[[nodiscard]] inline const ContainerFacts& container_of(const DecisionInput& input) {
    if (!input.container) {
        throw std::logic_error{"a rule about a container was asked where there is none"};
    }
    return *input.container;
}

/// The project that the container is or belongs to; null for a personal snippet and for none.
[[nodiscard]] inline const ProjectFacts* project_of(const DecisionInput& input) {
    return input.container && input.container->project ? &*input.container->project : nullptr;
}

/// The kind of what is there, or else of what was asked for. Nothing while that is open: a
/// project's path may look like that of another project's wiki, and only the look-up tells.
[[nodiscard]] inline std::optional<ContainerKind> known_kind(const DecisionInput& input) {
    if (input.container) {
        return input.container->kind;
    }
    return input.request.has_two_readings() ? std::nullopt : std::optional{input.request.kind()};
}

}  // namespace innergate::handlers::domain::git_access
