// All that the decision about a git operation is made from.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/access_request.hpp"
#include "handlers/domain/git_access/access_settings.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/trace.hpp"

namespace innergate::handlers::domain::git_access {

/// Answers which of the object ids of LFS pointers the project does not have.
using MissingLfsObjects =
    std::function<std::vector<std::string>(ProjectId, std::span<const std::string>)>;

/// All that a decision rests on. What the references name must outlive it.
struct DecisionInput {
    const AccessRequest& request;
    const Actor& actor;
    const InstanceFacts& instance;
    const std::optional<ContainerFacts>& container;
    const Standing& standing;
    /// Looked at for real changes to a project only.
    const PushFacts& push;
    const AccessSettings& settings;
    Timestamp now;
    /// Whether the namespace is there, the user may create projects in it, and the server can
    /// create the repository. Asked where no container is there and a push could create one.
    std::function<bool()> can_create_project;
    /// Asked about real changes to a project that uses LFS.
    MissingLfsObjects missing_lfs_objects;
    Trace* trace = nullptr;  ///< null: nobody wants to know
};

}  // namespace innergate::handlers::domain::git_access
