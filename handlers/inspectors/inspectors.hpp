// Who looks into repositories, and makes them: chosen per storage.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "app/auth/gitaly_tokens.hpp"
#include "app/settings/storages.hpp"
#include "app/shared_part.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/creation.hpp"
#include "handlers/inspectors/gitaly/client.hpp"
#include "handlers/inspectors/inspection_counts.hpp"
#include "handlers/inspectors/quarantine.hpp"

namespace innergate::handlers::inspectors {

/// A repository, wherever it is.
struct RepositoryName {
    std::string storage;
    std::string relative_path;    ///< within the storage, with `.git`
    std::string gl_repository;    ///< `project-7`
    std::string gl_project_path;  ///< for Gitaly's log
};

/// For whom a repository is looked into, and for how long.
struct Occasion {
    std::chrono::steady_clock::time_point deadline;
    std::string correlation_id = {};
    /// Where a hook has the repository for the moment; empty: no hook asks.
    std::string hook_relative_path = {};
    Quarantine quarantine = {};
};

/// For all threads. Connects to a storage's Gitaly at the first question about it.
class Inspectors final : public SharedPart {
public:
    template <class T>
    using Inspected = domain::git_access::Inspected<T>;

    /// Both outlive it.
    Inspectors(const settings::Storages& storages, const auth::GitalyTokens& tokens);
    ~Inspectors() override;

    /// A storage that has no settings is one into which nobody can look.
    [[nodiscard]] settings::Inspector chosen_for(std::string_view storage) const;
    /// Whether anybody can look into it; if so, that is slow work.
    [[nodiscard]] bool can_look_into(std::string_view storage) const {
        return chosen_for(storage) != settings::Inspector::none;
    }

    /// Reads nothing yet: faults of the paths show in the answers. `usage` outlives the inspection;
    /// null: nobody wants to know.
    [[nodiscard]] std::unique_ptr<domain::git_access::Inspection> look_into(
        const RepositoryName& repository, const Occasion& occasion, InspectionUsage* usage = nullptr
    );
    /// Makes an empty repository whose HEAD names `default_branch`; an existing one stays as it is.
    /// Errors: not_configured where nobody can look; else failed or out_of_time.
    [[nodiscard]] Inspected<Creation> create_repository(
        const RepositoryName& repository, const Occasion& occasion, std::string_view default_branch
    );
    /// Points HEAD at a branch, which need not be there. Errors: as create_repository().
    [[nodiscard]] Inspected<void> set_default_branch(
        const RepositoryName& repository, const Occasion& occasion, std::string_view branch
    );
    /// What the storage's Gitaly says of itself, whoever looks into the repositories.
    [[nodiscard]] Inspected<gitaly::ServerState> gitaly_state(
        const std::string& storage, std::chrono::steady_clock::time_point deadline
    );

    [[nodiscard]] const InspectionCounts& counts() const { return counts_; }

private:
    [[nodiscard]] const settings::Storage* find(std::string_view storage) const;
    [[nodiscard]] Inspected<gitaly::Client*> client_of(const std::string& storage);

    const settings::Storages& storages_;
    const auth::GitalyTokens& tokens_;
    InspectionCounts counts_;
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<gitaly::Client>> clients_;  ///< by storage
};

/// Sentences for the operator, one per line, about faults that no request should be the first to
/// find: the module for Gitaly or a file of certificates cannot be loaded. Empty: all is well.
[[nodiscard]] std::string why_unable(const settings::Storages& storages);

}  // namespace innergate::handlers::inspectors
