#include "handlers/inspectors/git/new_objects.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "handlers/inspectors/git/limits.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

/// Commits, trees and blobs that refs or tips stand for.
struct Roots {
    std::vector<git_oid> commits;
    std::vector<git_oid> trees;
    std::vector<git_oid> blobs;

    void add(const Repository::Named& named) {
        switch (named.type) {
            case GIT_OBJECT_COMMIT:
                commits.push_back(named.id);
                break;
            case GIT_OBJECT_TREE:
                trees.push_back(named.id);
                break;
            default:
                blobs.push_back(named.id);
                break;
        }
    }
};

Roots roots_of(Repository& repository, std::span<const git_oid> tips) {
    Roots roots;
    for (const git_oid& tip : tips) {
        roots.add(repository.named_by(tip));
    }
    return roots;
}

/// A ref to an object that is gone makes nothing old; git, too, only warns of it.
Roots roots_of_refs(Repository& repository) {
    Roots roots;
    for (const git_oid& target : repository.ref_targets()) {
        if (git_odb_exists(repository.objects(), &target) != 0) {
            roots.add(repository.named_by(target));
        }
    }
    return roots;
}

/// The ids that were seen so far, no more than the limits allow.
class Seen {
public:
    /// Answers whether it is new.
    bool insert(const git_oid& id) {
        if (ids_.size() == kMaxObjects) {
            throw Failure{Failure::Kind::failed, "more objects than can be looked at"};
        }
        return ids_.insert(id).second;
    }

private:
    IdSet ids_;
};

/// Trees of a commit's first two parents. Merges of more are rare. What further parents have is
/// either new itself or in an edge tree. It is then read once more, but not reported twice.
class Bases {
public:
    void add(const git_oid& id) {
        if (count_ < ids_.size()) {
            ids_.at(count_++) = id;
        }
    }
    [[nodiscard]] std::span<const git_oid> ids() const { return std::span{ids_}.first(count_); }

private:
    std::array<git_oid, 2> ids_{};
    std::size_t count_ = 0;
};

/// Collects blobs from trees, each tree read once.
class Collector {
public:
    explicit Collector(Repository& repository) : repository_(repository) {}

    void keep_out(const git_oid& id) { seen_.insert(id); }
    void add_blob(const git_oid& id) {
        if (seen_.insert(id)) {
            blobs_.push_back(id);
        }
    }

    /// Adds all of `tree` except what the trees in `bases` have at the same path.
    void add_tree(const git_oid& tree, const Bases& bases) {
        push(tree, bases);
        while (!pending_.empty()) {
            const Pending pending = pending_.back();
            pending_.pop_back();
            look_into(pending);
        }
    }

    std::vector<git_oid> take() { return std::move(blobs_); }

private:
    struct Pending {
        git_oid tree;
        Bases bases;
    };

    void push(const git_oid& tree, const Bases& bases) {
        if (seen_.insert(tree)) {
            pending_.push_back({.tree = tree, .bases = bases});
        }
    }

    void look_into(const Pending& pending) {
        const Tree tree = repository_.tree(pending.tree);
        std::vector<Tree> bases;
        for (const git_oid& base : pending.bases.ids()) {
            bases.push_back(repository_.tree(base));
        }
        const std::size_t count = git_tree_entrycount(tree.get());
        for (std::size_t index = 0; index < count; ++index) {
            look_at(git_tree_entry_byindex(tree.get(), index), bases);
        }
    }

    void look_at(const git_tree_entry* entry, const std::vector<Tree>& bases) {
        Bases subtrees;
        for (const Tree& base : bases) {
            const git_tree_entry* const old =
                git_tree_entry_byname(base.get(), git_tree_entry_name(entry));
            if (old == nullptr) {
                continue;
            }
            if (IdEqual{}(*git_tree_entry_id(old), *git_tree_entry_id(entry))) {
                return;
            }
            if (git_tree_entry_type(old) == GIT_OBJECT_TREE) {
                subtrees.add(*git_tree_entry_id(old));
            }
        }
        // The only other entries are submodules' commits, which lie in other repositories.
        if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
            push(*git_tree_entry_id(entry), subtrees);
        } else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
            add_blob(*git_tree_entry_id(entry));
        }
    }

    Repository& repository_;
    Seen seen_;
    std::vector<Pending> pending_;
    std::vector<git_oid> blobs_;
};

}  // namespace

std::vector<git_oid> find_new_commits(Repository& repository, std::span<const git_oid> tips) {
    return repository.commits()
        .new_since(roots_of(repository, tips).commits, roots_of_refs(repository).commits)
        .commits;
}

NewObjects find_new_objects(Repository& repository, std::span<const git_oid> tips) {
    const Roots roots = roots_of(repository, tips);
    Roots old = roots_of_refs(repository);
    Commits& commits = repository.commits();
    const NewCommits found = commits.new_since(roots.commits, old.commits);

    NewObjects objects;
    for (const git_oid& edge : found.edges) {
        objects.edge_trees.push_back(commits.get(edge).tree);
    }
    std::ranges::copy(old.trees, std::back_inserter(objects.edge_trees));

    Collector collector{repository};
    for (const auto* const ids : {&objects.edge_trees, &old.blobs}) {
        std::ranges::for_each(*ids, [&collector](const git_oid& id) { collector.keep_out(id); });
    }
    for (const git_oid& id : found.commits) {
        const CommitNode& commit = commits.get(id);
        Bases bases;
        for (const git_oid& parent : commit.parents) {
            bases.add(commits.get(parent).tree);
        }
        collector.add_tree(commit.tree, bases);
    }
    for (const git_oid& tree : roots.trees) {
        collector.add_tree(tree, {});
    }
    for (const git_oid& blob : roots.blobs) {
        collector.add_blob(blob);
    }
    objects.blobs = collector.take();
    return objects;
}

std::vector<git_oid> without_old(
    Repository& repository, std::span<const git_oid> edge_trees, std::vector<git_oid> blobs
) {
    IdSet left(blobs.begin(), blobs.end());
    Seen seen;
    std::vector<git_oid> pending;
    const auto add = [&seen, &pending](const git_oid& tree) {
        if (seen.insert(tree)) {
            pending.push_back(tree);
        }
    };
    std::ranges::for_each(edge_trees, add);
    while (!left.empty() && !pending.empty()) {
        const Tree tree = repository.tree(pending.back());
        pending.pop_back();
        const std::size_t count = git_tree_entrycount(tree.get());
        for (std::size_t index = 0; index < count; ++index) {
            const git_tree_entry* const entry = git_tree_entry_byindex(tree.get(), index);
            if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
                add(*git_tree_entry_id(entry));
            } else {
                left.erase(*git_tree_entry_id(entry));
            }
        }
    }
    std::erase_if(blobs, [&left](const git_oid& blob) { return !left.contains(blob); });
    return blobs;
}

}  // namespace innergate::handlers::inspectors::git
