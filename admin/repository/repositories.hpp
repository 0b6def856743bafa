// The repositories of projects, wikis and snippets as the operator's tool finds, looks into and
// makes them: the database says where one lies, its storage's inspector how it is.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "admin/commands/context.hpp"
#include <tl/expected.hpp>

#include "app/auth/gitaly_tokens.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/inspectors.hpp"

namespace innergate::admin::repository {

using handlers::domain::git_access::ContainerFacts;
using handlers::domain::git_access::Inspected;
using handlers::inspectors::Creation;

/// What a look into a repository tells.
struct State {
    bool exists = false;
    bool is_empty = true;
    std::optional<std::string> default_branch;  ///< that HEAD names
};

struct Created {
    Creation creation = Creation::created;
    State state;
};

class Repositories {
public:
    /// Null: the database or a token file cannot be read, and context.fail() was called. The
    /// context outlives it.
    [[nodiscard]] static std::unique_ptr<Repositories> open(Context& context);

    Repositories(Database& database, const settings::Storages& storages, auth::GitalyTokens tokens);

    /// By a path as in a clone URL, or by a name such as `project-3`. Error: a sentence for the
    /// operator, when there is none or it is that of a project's designs.
    [[nodiscard]] tl::expected<ContainerFacts, std::string> find(const std::string& name);

    [[nodiscard]] handlers::inspectors::Inspectors& inspectors() { return inspectors_; }
    [[nodiscard]] Database& database() { return database_; }

    [[nodiscard]] Inspected<bool> exists(const ContainerFacts& facts);
    [[nodiscard]] Inspected<State> look_into(const ContainerFacts& facts);

    /// Makes the repository with HEAD at `branch`, else at the branch that its row names, else at
    /// the one that new repositories get. Then writes to the row how the repository is, whether it
    /// was there or not. May be repeated.
    [[nodiscard]] Inspected<Created> create(
        const ContainerFacts& facts, const std::optional<std::string>& branch
    );

private:
    /// Writes to the row how the repository is.
    [[nodiscard]] Inspected<State> record(const ContainerFacts& facts, bool is_branch_chosen);

    Database& database_;
    const auth::GitalyTokens tokens_;
    handlers::inspectors::Inspectors inspectors_;
};

/// Such as `gitaly at unix:/run/gitaly.socket`.
[[nodiscard]] std::string describe_inspector(
    const settings::Storages& storages, const std::string& storage
);

}  // namespace innergate::admin::repository
