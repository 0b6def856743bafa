// An open repository with the objects of the push beside its own.
#pragma once

#include <memory>
#include <vector>

#include "handlers/inspectors/git/commits.hpp"
#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/handles.hpp"
#include "handlers/inspectors/git/object_header.hpp"
#include "handlers/inspectors/git/refs.hpp"
#include "handlers/inspectors/repository_location.hpp"

namespace innergate::handlers::inspectors::git {

/// All functions throw a Failure where something is missing, broken, or larger than the limits
/// (git/limits.hpp).
class Repository {
public:
    /// Opens a repository's folder. Throws also where libgit2 cannot read its objects or refs.
    [[nodiscard]] static std::unique_ptr<Repository> open(
        const RepositoryLocation& location, const Deadline& deadline
    );

    [[nodiscard]] git_odb* objects() { return objects_.get(); }
    [[nodiscard]] const Deadline& deadline() const { return deadline_; }
    [[nodiscard]] Commits& commits() { return commits_; }
    [[nodiscard]] const Refs& refs() const { return refs_; }

    [[nodiscard]] ObjectHeader header(const git_oid& id);
    [[nodiscard]] Tree tree(const git_oid& id);

    struct Named {
        git_oid id;
        git_object_t type;
    };
    /// What an id stands for: annotated tags are followed to what they name. Nothing else is read.
    [[nodiscard]] Named named_by(const git_oid& id);
    /// As named_by(), but the id has to stand for a commit.
    [[nodiscard]] git_oid commit_id(const git_oid& id);
    /// What all refs name, each object once. Tags are not followed.
    [[nodiscard]] std::vector<git_oid> ref_targets();

private:
    Repository(
        RepositoryHandle handle, ObjectDatabase objects, Refs refs, const Deadline& deadline
    );

    RepositoryHandle handle_;
    ObjectDatabase objects_;
    Refs refs_;
    Deadline deadline_;
    Commits commits_;
};

}  // namespace innergate::handlers::inspectors::git
