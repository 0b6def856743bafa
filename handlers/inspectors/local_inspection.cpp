#include "handlers/inspectors/local_inspection.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include "handlers/inspectors/git/format.hpp"
#include "handlers/inspectors/git/limits.hpp"
#include "handlers/inspectors/git/new_objects.hpp"
#include "handlers/inspectors/git/repository.hpp"
#include "handlers/inspectors/git/trees.hpp"
#include "handlers/inspectors/lfs_pointer.hpp"
#include "handlers/inspectors/repository_location.hpp"

namespace innergate::handlers::inspectors {
namespace {

using domain::git_access::BlobSize;
using domain::git_access::Inspected;
using domain::git_access::LfsPointer;
using git::Failure;

std::optional<LfsPointer> read_pointer(git::Repository& repository, const git_oid& blob) {
    if (repository.header(blob).bytes > kMaxLfsPointerBytes) {
        return std::nullopt;
    }
    const auto content =
        git::acquire<git::ObjectContent>("blob", git_odb_read, repository.objects(), &blob);
    return parse_lfs_pointer(
        {static_cast<const char*>(git_odb_object_data(content.get())),
         git_odb_object_size(content.get())}
    );
}

/// Answers nothing if what the ref names has no tree.
std::optional<git_oid> tree_of(git::Repository& repository, std::string_view id) {
    const git::Repository::Named named = repository.named_by(git::parse_id(id));
    switch (named.type) {
        case GIT_OBJECT_COMMIT:
            return repository.commits().get(named.id).tree;
        case GIT_OBJECT_TREE:
            return named.id;
        default:
            return std::nullopt;
    }
}

class BranchNames {
public:
    void add(std::string_view name) {
        bytes_ += name.size() + sizeof(std::string);
        if (bytes_ > git::kMaxNameBytes) {
            throw Failure{Failure::Kind::failed, "more branches than can be told"};
        }
        names_.emplace_back(name);
    }

    std::vector<std::string> take() { return std::move(names_); }

private:
    std::vector<std::string> names_;
    std::size_t bytes_ = 0;
};

/// The first change that the commits of a new ref make. Merges are compared with their first
/// parent.
std::optional<std::string> first_change_of_new_commits(
    git::Repository& repository, std::string_view tip, std::span<const std::string_view> paths
) {
    const git_oid id = git::parse_id(tip);
    for (const git_oid& commit : git::find_new_commits(repository, std::span{&id, 1})) {
        const git::CommitNode& node = repository.commits().get(commit);
        const auto before = node.parents.empty()
                                ? std::nullopt
                                : std::optional{repository.commits().get(node.parents[0]).tree};
        if (auto path = git::first_difference(repository, before, node.tree, paths)) {
            return path;
        }
    }
    return std::nullopt;
}

}  // namespace

struct LocalInspection::State {
    Target target;
    git::Deadline deadline;
    std::optional<RepositoryLocation> location;  ///< found at the first question
    std::unique_ptr<git::Repository> repository;
    /// Kept because two checks ask for the new objects of the same tips.
    std::vector<std::string> tips_of_new_objects;
    std::optional<git::NewObjects> new_objects;

    /// Looks at the folder alone: whatever form the repository has, git can serve it.
    bool exists() {
        deadline.check();
        if (!location || !location->is_there) {
            auto found = locate_repository(target.storage, target.relative_path, target.quarantine);
            if (!found) {
                throw Failure{found.error().kind, found.error().reason};
            }
            location = std::move(*found);
        }
        return location->is_there && git::is_repository(location->folder);
    }

    const RepositoryLocation& found() {
        if (!exists()) {
            throw Failure{Failure::Kind::failed, target.relative_path + " is no repository"};
        }
        return *location;
    }

    /// Serves repositories, too, whose objects cannot be read.
    git::Refs refs() {
        const git::Format format = git::read_format(found().folder);
        if (!format.other_refs.empty()) {
            throw Failure{Failure::Kind::failed, "repository with " + format.other_refs};
        }
        return {location->folder, format.id_digits, deadline};
    }

    git::Repository& opened() {
        if (!repository) {
            repository = git::Repository::open(found(), deadline);
        }
        deadline.check();
        return *repository;
    }

    const git::NewObjects& new_objects_of(std::span<const std::string> tips) {
        git::Repository& source = opened();
        if (!new_objects || !std::ranges::equal(tips, tips_of_new_objects)) {
            std::vector<git_oid> ids;
            std::ranges::transform(tips, std::back_inserter(ids), git::parse_id);
            new_objects = git::find_new_objects(source, ids);
            tips_of_new_objects.assign(tips.begin(), tips.end());
        }
        return *new_objects;
    }

    /// What `read` finds in each new blob, where it finds something.
    template <class T>
    std::vector<T> read_new_blobs(
        std::span<const std::string> tips,
        const std::function<std::optional<T>(git::Repository&, const git_oid&)>& read
    ) {
        const git::NewObjects& objects = new_objects_of(tips);
        std::vector<git_oid> blobs;
        std::ranges::copy_if(objects.blobs, std::back_inserter(blobs), [&](const git_oid& blob) {
            return read(*repository, blob).has_value();
        });
        blobs = git::without_old(*repository, objects.edge_trees, std::move(blobs));
        if (blobs.size() > git::kMaxFindings) {
            throw Failure{Failure::Kind::failed, "more files than can be told"};
        }
        std::vector<T> found;
        found.reserve(blobs.size());
        for (const git_oid& blob : blobs) {
            found.push_back(read(*repository, blob).value());
        }
        return found;
    }
};

LocalInspection::LocalInspection(Target target, std::chrono::steady_clock::time_point deadline)
    : state_(std::make_unique<State>(State{
          .target = std::move(target),
          .deadline = git::Deadline{deadline},
          .location = std::nullopt,
          .repository = nullptr,
          .tips_of_new_objects = {},
          .new_objects = std::nullopt,
      })) {}

LocalInspection::~LocalInspection() = default;

Inspected<bool> LocalInspection::exists() {
    return git::as_value([this] { return state_->exists(); });
}

Inspected<bool> LocalInspection::is_empty() {
    return git::as_value([this] { return !state_->refs().has_branch(); });
}

Inspected<std::optional<std::string>> LocalInspection::default_branch() {
    return git::as_value([this] { return state_->refs().head_branch(); });
}

Inspected<bool> LocalInspection::has_branch(std::string_view name) {
    return git::as_value([&] {
        const std::string ref = std::string{git::kBranches}.append(name);
        bool is_there = false;
        state_->refs().visit(git::kBranches, [&](std::string_view found, std::string_view /*id*/) {
            is_there = found == ref;
            return !is_there;
        });
        return is_there;
    });
}

Inspected<bool> LocalInspection::is_ancestor(
    std::string_view ancestor, std::string_view descendant
) {
    return git::as_value([&] {
        git::Repository& repository = state_->opened();
        return repository.commits().is_reachable(
            repository.commit_id(git::parse_id(ancestor)),
            repository.commit_id(git::parse_id(descendant))
        );
    });
}

Inspected<std::vector<std::string>> LocalInspection::branches_containing(std::string_view commit) {
    return git::as_value([&] {
        git::Repository& repository = state_->opened();
        const git_oid id = repository.commit_id(git::parse_id(commit));
        BranchNames names;
        repository.refs().visit(git::kBranches, [&](std::string_view ref, std::string_view tip) {
            if (repository.commits().is_reachable(id, git::parse_id(tip))) {
                names.add(ref.substr(git::kBranches.size()));
            }
            return true;
        });
        return names.take();
    });
}

Inspected<std::vector<LfsPointer>> LocalInspection::new_lfs_pointers(
    std::span<const std::string> tips
) {
    return git::as_value([&] { return state_->read_new_blobs<LfsPointer>(tips, read_pointer); });
}

Inspected<std::vector<BlobSize>> LocalInspection::new_blobs_over(
    std::span<const std::string> tips, std::uint64_t bytes
) {
    return git::as_value([&] {
        return state_->read_new_blobs<BlobSize>(
            tips,
            [bytes](git::Repository& repository, const git_oid& blob) -> std::optional<BlobSize> {
                const std::uint64_t size = repository.header(blob).bytes;
                return size > bytes
                           ? std::optional{BlobSize{.oid = git::to_string(blob), .bytes = size}}
                           : std::nullopt;
            }
        );
    });
}

Inspected<std::optional<std::string>> LocalInspection::first_changed_path(
    std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
) {
    return git::as_value([&] {
        git::Repository& repository = state_->opened();
        std::vector<std::string_view> sorted(paths.begin(), paths.end());
        std::ranges::sort(sorted);
        return old_commit.empty() ? first_change_of_new_commits(repository, new_commit, sorted)
                                  : git::first_difference(
                                        repository,
                                        tree_of(repository, old_commit),
                                        tree_of(repository, new_commit),
                                        sorted
                                    );
    });
}

Inspected<std::size_t> LocalInspection::file_count(std::string_view commit) {
    return git::as_value([&]() -> std::size_t {
        git::Repository& repository = state_->opened();
        const auto tree = tree_of(repository, commit);
        return tree ? git::count_files(repository, *tree) : 0;
    });
}

}  // namespace innergate::handlers::inspectors
