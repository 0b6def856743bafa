// May this actor do this with that repository? GitLab's access check for Git, as a function of
// facts.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/domain/git_access/budget.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/domain/git_access/trace.hpp"

namespace innergate::handlers::domain::git_access {

/// Checks that need to look into a repository.
enum class Check {
    repository_state,  ///< whether it exists, is empty, and what its default branch is
    force_push,        ///< whether a protected branch is pushed forward only
    branch_basis,      ///< whether a new protected branch starts on a protected one
    lfs_objects,       ///< whether the LFS objects that are pointed to were uploaded
    file_size,         ///< whether a file is too large
    lfs_locks,         ///< whether a changed file is locked by somebody else
    snippet_files,     ///< whether a snippet has at least one file and at most ten
};

inline constexpr std::array kAllChecks{
    Check::repository_state,
    Check::force_push,
    Check::branch_basis,
    Check::lfs_objects,
    Check::file_size,
    Check::lfs_locks,
    Check::snippet_files,
};

/// `force_push`: the name of its setting, by which refusals and the log name it too.
[[nodiscard]] std::string_view to_string(Check check);

/// What becomes of a push when a check cannot be made.
enum class OnFailure { refuse, pass };

struct CheckSettings {
    OnFailure repository_state = OnFailure::refuse;
    OnFailure force_push = OnFailure::refuse;
    OnFailure branch_basis = OnFailure::refuse;
    OnFailure lfs_objects = OnFailure::refuse;
    OnFailure file_size = OnFailure::refuse;
    OnFailure lfs_locks = OnFailure::refuse;
    OnFailure snippet_files = OnFailure::refuse;

    [[nodiscard]] OnFailure operator[](Check check) const;
};

/// What an operator of this server fixes.
struct AccessSettings {
    std::string instance_url;  ///< without a trailing slash
    bool is_http_pull_enabled = true;
    bool is_http_push_enabled = true;
    bool are_ssh_certificates_enabled = true;
    bool are_ip_restrictions_enabled = true;
    std::chrono::seconds unlock_in{600};  ///< how long an account is locked
    CheckSettings checks;
};

/// What a client asks.
struct AccessRequest {
    std::string action;    ///< git-upload-pack, git-upload-archive or git-receive-pack
    std::string protocol;  ///< ssh, http or web, in lower case
    ContainerKind kind = ContainerKind::project;
    /// Path of the project as it was asked for, as RepositoryPath has it. Gitaly's hook sends a
    /// directory here, which is no project's path.
    std::string path;
    /// The path may as well be that of a project as what `kind` says.
    bool has_two_readings = false;
    bool is_named_by_gl_repository = false;
    std::string changes;  ///< `_any` or lines; see changes.hpp
    std::optional<std::string> check_ip;
    /// The group whose SSH certificate let the user in.
    std::string namespace_path;
};

/// Of the object ids of LFS pointers, those the project does not have.
using MissingLfsObjects =
    std::function<std::vector<std::string>(ProjectId, std::span<const std::string>)>;

/// All that a decision rests on. What the references name outlives it.
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
    /// Asked where no container is there and a push could create one: whether the namespace is
    /// there, the user may create projects in it, and the server can create the repository.
    std::function<bool()> can_create_project;
    /// Asked about real changes to a project that uses LFS.
    MissingLfsObjects missing_lfs_objects;
    Trace* trace = nullptr;  ///< null: nobody wants to know
};

struct Refusal {
    int status = 0;   ///< of HTTP: 401, 404, 422 or 503
    std::string row;  ///< the rule that refused: `5`, `B4`, `TO`
    std::string message;
    std::string log_detail;  ///< for the log only: may name paths of this host
};

/// A check that could not be made and that a setting lets pass. To be logged.
struct SkippedCheck {
    Check check = Check::repository_state;
    InspectionFailure failure;
};

struct Decision {
    enum class Kind {
        granted,
        refused,
        /// The project is to be created, then to be decided about again with its facts.
        create_project,
    };

    Kind kind = Kind::granted;
    Refusal refusal;  ///< when refused
    std::vector<SkippedCheck> skipped_checks;
};

/// What can be said before it is known which container is meant: the protocol, the key, the user,
/// the command. A refusal stands, but for one thing: the root group's own limit on protocols comes
/// second in GitLab's order and would be told first, so whoever wants that has to look the
/// container up. Nothing: go on with decide(), which looks at these rules again.
[[nodiscard]] std::optional<Refusal> refuse_caller(const DecisionInput& input);

/// GitLab's order of rules; the first that fails decides.
///
/// Answers of `inspection` win over what the database knows. Where nobody can look into a storage
/// (not_configured), the database's word counts for whether a repository exists, is empty and what
/// its default branch is; every other check that has no answer refuses and names itself, unless its
/// setting lets it pass, and is then listed in `skipped_checks`. When the budget is used up the
/// refusal is a 503 that lists how long each check took.
[[nodiscard]] Decision decide(
    const DecisionInput& input, Inspection& inspection, const Budget& budget
);

/// The refusal for a project that could not be created.
[[nodiscard]] Refusal creation_failed(std::span<const std::string> errors);

}  // namespace innergate::handlers::domain::git_access
