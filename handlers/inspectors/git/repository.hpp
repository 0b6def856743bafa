// An open repository with the objects of the push beside its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handlers/inspectors/git/commits.hpp"
#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/handles.hpp"
#include "handlers/inspectors/repository_location.hpp"

namespace innergate::handlers::inspectors::git {

/// All functions throw a Failure where something is missing or broken.
class Repository {
public:
    /// Null where there is no repository.
    [[nodiscard]] static std::unique_ptr<Repository> open(
        const RepositoryLocation& location, const Deadline& deadline
    );

    [[nodiscard]] git_repository* handle() { return handle_.get(); }
    [[nodiscard]] git_odb* objects() { return objects_.get(); }
    [[nodiscard]] const Deadline& deadline() const { return deadline_; }
    [[nodiscard]] Commits& commits() { return commits_; }

    [[nodiscard]] Tree tree(const git_oid& id);
    /// What it stands for: annotated tags are followed to what they name.
    [[nodiscard]] Object object(const git_oid& id);
    /// As object(), which has to be a commit.
    [[nodiscard]] git_oid commit_id(const git_oid& id);

    struct Branch {
        std::string name;  ///< without refs/heads/
        git_oid tip;
    };
    [[nodiscard]] std::vector<Branch> branches();
    [[nodiscard]] bool has_branch();
    /// What HEAD names; nothing where it is detached.
    [[nodiscard]] std::optional<std::string> head_branch();
    /// Of all refs, tags not followed.
    [[nodiscard]] std::vector<git_oid> ref_targets();

private:
    Repository(RepositoryHandle handle, ObjectDatabase objects, const Deadline& deadline);

    /// Of refs that name no other ref. `visit` answers whether to go on.
    void visit_refs(
        const char* glob, const std::function<bool(const char* name, const git_oid& target)>& visit
    );

    RepositoryHandle handle_;
    ObjectDatabase objects_;
    Deadline deadline_;
    Commits commits_;
};

}  // namespace innergate::handlers::inspectors::git
