#include "handlers/inspectors/local_inspection.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

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

std::uint64_t blob_size(git::Repository& repository, const git_oid& blob) {
    repository.deadline().check();
    std::size_t bytes = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    git::require(git_odb_read_header(&bytes, &type, repository.objects(), &blob), "blob");
    return bytes;
}

std::optional<LfsPointer> read_pointer(git::Repository& repository, const git_oid& blob) {
    if (blob_size(repository, blob) > kMaxLfsPointerBytes) {
        return std::nullopt;
    }
    const auto content =
        git::acquire<git::ObjectContent>("blob", git_odb_read, repository.objects(), &blob);
    return parse_lfs_pointer(
        {static_cast<const char*>(git_odb_object_data(content.get())),
         git_odb_object_size(content.get())}
    );
}

/// Nothing: what a ref names has no tree.
std::optional<git_oid> tree_of(git::Repository& repository, std::string_view id) {
    const git::Object object = repository.object(git::parse_id(id));
    switch (git_object_type(object.get())) {
        case GIT_OBJECT_COMMIT:
            return repository.commits().get(*git_object_id(object.get())).tree;
        case GIT_OBJECT_TREE:
            return *git_object_id(object.get());
        default:
            return std::nullopt;
    }
}

/// Of what the commits change that come with a new ref, merges against their first parent.
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
    std::unique_ptr<git::Repository> repository;
    /// Two checks ask for those of the same tips.
    std::vector<std::string> tips_of_new_objects;
    std::optional<git::NewObjects> new_objects;

    /// False: there is no repository.
    bool open() {
        deadline.check();
        if (!repository) {
            const auto location =
                locate_repository(target.storage, target.relative_path, target.quarantine);
            if (!location) {
                throw Failure{location.error().kind, location.error().reason};
            }
            repository = git::Repository::open(*location, deadline);
        }
        return repository != nullptr;
    }

    git::Repository& opened() {
        if (!open()) {
            throw Failure{Failure::Kind::failed, target.relative_path + " is no repository"};
        }
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
        git::IdMap<T> values;
        for (const git_oid& blob : objects.blobs) {
            if (auto value = read(*repository, blob)) {
                blobs.push_back(blob);
                values.emplace(blob, std::move(*value));
            }
        }
        std::vector<T> found;
        for (const git_oid& blob :
             git::without_old(*repository, objects.edge_trees, std::move(blobs))) {
            found.push_back(std::move(values.at(blob)));
        }
        return found;
    }
};

namespace {

/// The one place where failures stop being exceptions.
template <class Ask>
auto answer(const Ask& ask) -> Inspected<std::invoke_result_t<Ask>> {
    try {
        return ask();
    } catch (const Failure& failure) {
        return tl::unexpected(failure.failure());
    }
}

}  // namespace

LocalInspection::LocalInspection(Target target, std::chrono::steady_clock::time_point deadline)
    : state_(std::make_unique<State>(State{
          .target = std::move(target),
          .deadline = git::Deadline{deadline},
          .repository = nullptr,
          .tips_of_new_objects = {},
          .new_objects = std::nullopt,
      })) {}

LocalInspection::~LocalInspection() = default;

Inspected<bool> LocalInspection::exists() {
    return answer([this] { return state_->open(); });
}

Inspected<bool> LocalInspection::is_empty() {
    return answer([this] { return !state_->opened().has_branch(); });
}

Inspected<std::optional<std::string>> LocalInspection::default_branch() {
    return answer([this] { return state_->opened().head_branch(); });
}

Inspected<bool> LocalInspection::is_ancestor(
    std::string_view ancestor, std::string_view descendant
) {
    return answer([&] {
        git::Repository& repository = state_->opened();
        return repository.commits().is_reachable(
            repository.commit_id(git::parse_id(ancestor)),
            repository.commit_id(git::parse_id(descendant))
        );
    });
}

Inspected<std::vector<std::string>> LocalInspection::branches_containing(std::string_view commit) {
    return answer([&] {
        git::Repository& repository = state_->opened();
        const git_oid id = repository.commit_id(git::parse_id(commit));
        std::vector<std::string> names;
        for (git::Repository::Branch& branch : repository.branches()) {
            if (repository.commits().is_reachable(id, branch.tip)) {
                names.push_back(std::move(branch.name));
            }
        }
        return names;
    });
}

Inspected<std::vector<LfsPointer>> LocalInspection::new_lfs_pointers(
    std::span<const std::string> tips
) {
    return answer([&] { return state_->read_new_blobs<LfsPointer>(tips, read_pointer); });
}

Inspected<std::vector<BlobSize>> LocalInspection::new_blobs_over(
    std::span<const std::string> tips, std::uint64_t bytes
) {
    return answer([&] {
        return state_->read_new_blobs<BlobSize>(
            tips,
            [bytes](git::Repository& repository, const git_oid& blob) -> std::optional<BlobSize> {
                const std::uint64_t size = blob_size(repository, blob);
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
    return answer([&] {
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
    return answer([&]() -> std::size_t {
        git::Repository& repository = state_->opened();
        const auto tree = tree_of(repository, commit);
        return tree ? git::count_files(repository, *tree) : 0;
    });
}

}  // namespace innergate::handlers::inspectors
