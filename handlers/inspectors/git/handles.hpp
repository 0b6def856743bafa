// libgit2's handles, each freed at the end of its scope.
#pragma once

#include <git2.h>
#include <memory>

namespace innergate::handlers::inspectors::git {

template <auto FreeHandle>
struct Freer {
    template <class T>
    void operator()(T* handle) const {
        FreeHandle(handle);
    }
};

template <class T, auto FreeHandle>
using Handle = std::unique_ptr<T, Freer<FreeHandle>>;

using Config = Handle<git_config, git_config_free>;
using ConfigIterator = Handle<git_config_iterator, git_config_iterator_free>;
using RepositoryHandle = Handle<git_repository, git_repository_free>;
using ObjectDatabase = Handle<git_odb, git_odb_free>;
using ObjectContent = Handle<git_odb_object, git_odb_object_free>;
using Commit = Handle<git_commit, git_commit_free>;
using Tree = Handle<git_tree, git_tree_free>;
using Tag = Handle<git_tag, git_tag_free>;

}  // namespace innergate::handlers::inspectors::git
