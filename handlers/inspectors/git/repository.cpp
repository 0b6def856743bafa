#include "handlers/inspectors/git/repository.hpp"

#include <string_view>
#include <utility>

#include "handlers/inspectors/git/format.hpp"
#include "handlers/inspectors/git/library.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

constexpr std::string_view kBranches = "refs/heads/";

}  // namespace

std::unique_ptr<Repository> Repository::open(
    const RepositoryLocation& location, const Deadline& deadline
) {
    if (!location.is_there) {
        return nullptr;
    }
    start_library();
    git_repository* opened = nullptr;
    const int status = git_repository_open_bare(&opened, location.folder.c_str());
    if (status == GIT_ENOTFOUND) {
        return nullptr;
    }
    require(status, location.folder.native());
    RepositoryHandle handle{opened};
    require_readable_format(location.folder);
    auto objects = acquire<ObjectDatabase>("objects", git_repository_odb, handle.get());
    for (const auto& folder : location.object_folders) {
        require(git_odb_add_disk_alternate(objects.get(), folder.c_str()), folder.native());
    }
    return std::unique_ptr<Repository>{
        new Repository{std::move(handle), std::move(objects), deadline}};
}

Repository::Repository(RepositoryHandle handle, ObjectDatabase objects, const Deadline& deadline)
    : handle_(std::move(handle)),
      objects_(std::move(objects)),
      deadline_(deadline),
      commits_(*handle_, deadline) {}

Tree Repository::tree(const git_oid& id) {
    deadline_.check();
    return acquire<Tree>("tree", git_tree_lookup, handle_.get(), &id);
}

Object Repository::object(const git_oid& id) {
    auto object = acquire<Object>("object", git_object_lookup, handle_.get(), &id, GIT_OBJECT_ANY);
    if (git_object_type(object.get()) != GIT_OBJECT_TAG) {
        return object;
    }
    return acquire<Object>("tag", git_object_peel, object.get(), GIT_OBJECT_ANY);
}

git_oid Repository::commit_id(const git_oid& id) {
    const Object found = object(id);
    if (git_object_type(found.get()) != GIT_OBJECT_COMMIT) {
        throw Failure{Failure::Kind::failed, to_string(id) + " is no commit"};
    }
    return *git_object_id(found.get());
}

void Repository::visit_refs(
    const char* glob, const std::function<bool(const char* name, const git_oid& target)>& visit
) {
    const auto refs =
        acquire<ReferenceIterator>("refs", git_reference_iterator_glob_new, handle_.get(), glob);
    for (;;) {
        deadline_.check();
        git_reference* next = nullptr;
        const int status = git_reference_next(&next, refs.get());
        if (status == GIT_ITEROVER) {
            return;
        }
        require(status, "refs");
        const Reference ref{next};
        const git_oid* const target = git_reference_target(ref.get());
        if (target != nullptr && !visit(git_reference_name(ref.get()), *target)) {
            return;
        }
    }
}

std::vector<Repository::Branch> Repository::branches() {
    std::vector<Branch> branches;
    visit_refs("refs/heads/*", [&branches](std::string_view name, const git_oid& target) {
        branches.push_back({.name = std::string{name.substr(kBranches.size())}, .tip = target});
        return true;
    });
    return branches;
}

bool Repository::has_branch() {
    bool has_one = false;
    visit_refs("refs/heads/*", [&has_one](const char* /*name*/, const git_oid& /*target*/) {
        has_one = true;
        return false;
    });
    return has_one;
}

std::optional<std::string> Repository::head_branch() {
    const auto head = acquire<Reference>("HEAD", git_reference_lookup, handle_.get(), "HEAD");
    const char* const target = git_reference_symbolic_target(head.get());
    if (target == nullptr || !std::string_view{target}.starts_with(kBranches)) {
        return std::nullopt;
    }
    return std::string{std::string_view{target}.substr(kBranches.size())};
}

std::vector<git_oid> Repository::ref_targets() {
    std::vector<git_oid> targets;
    visit_refs("refs/*", [&targets](const char* /*name*/, const git_oid& target) {
        targets.push_back(target);
        return true;
    });
    return targets;
}

}  // namespace innergate::handlers::inspectors::git
