#include "handlers/inspectors/git/new_objects.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace innergate::handlers::inspectors::git {
namespace {

/// Commits, trees and blobs that refs or tips stand for.
struct Roots {
    std::vector<git_oid> commits;
    std::vector<git_oid> trees;
    std::vector<git_oid> blobs;

    void add(git_object* object) {
        const git_oid id = *git_object_id(object);
        switch (git_object_type(object)) {
            case GIT_OBJECT_COMMIT:
                commits.push_back(id);
                break;
            case GIT_OBJECT_TREE:
                trees.push_back(id);
                break;
            default:
                blobs.push_back(id);
                break;
        }
    }
};

Roots roots_of(Repository& repository, std::span<const git_oid> tips) {
    Roots roots;
    for (const git_oid& tip : tips) {
        roots.add(repository.object(tip).get());
    }
    return roots;
}

/// A ref to an object that is gone keeps nothing from being new; git, too, only warns of it.
Roots roots_of_refs(Repository& repository) {
    Roots roots;
    IdSet seen;
    for (const git_oid& target : repository.ref_targets()) {
        if (seen.insert(target).second && git_odb_exists(repository.objects(), &target) != 0) {
            repository.deadline().check();
            roots.add(repository.object(target).get());
        }
    }
    return roots;
}

/// Collects blobs from trees, each tree read once.
class Collector {
public:
    explicit Collector(Repository& repository) : repository_(repository) {}

    void keep_out(const git_oid& id) { seen_.insert(id); }
    void add_blob(const git_oid& id) {
        if (seen_.insert(id).second) {
            blobs_.push_back(id);
        }
    }

    /// All of `tree` but what the trees in `bases` have at the same path.
    void add_tree(const git_oid& tree, std::vector<git_oid> bases) {
        push(tree, std::move(bases));
        while (!pending_.empty()) {
            const Pending pending = std::move(pending_.back());
            pending_.pop_back();
            look_into(pending);
        }
    }

    std::vector<git_oid> take() { return std::move(blobs_); }

private:
    struct Pending {
        git_oid tree;
        std::vector<git_oid> bases;
    };

    void push(const git_oid& tree, std::vector<git_oid> bases) {
        if (seen_.insert(tree).second) {
            pending_.push_back({.tree = tree, .bases = std::move(bases)});
        }
    }

    void look_into(const Pending& pending) {
        const Tree tree = repository_.tree(pending.tree);
        std::vector<Tree> bases;
        bases.reserve(pending.bases.size());
        for (const git_oid& base : pending.bases) {
            bases.push_back(repository_.tree(base));
        }
        const std::size_t count = git_tree_entrycount(tree.get());
        for (std::size_t index = 0; index < count; ++index) {
            look_at(git_tree_entry_byindex(tree.get(), index), bases);
        }
    }

    void look_at(const git_tree_entry* entry, const std::vector<Tree>& bases) {
        std::vector<git_oid> subtrees;
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
                subtrees.push_back(*git_tree_entry_id(old));
            }
        }
        // What else there is, submodules' commits, lies in other repositories.
        if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
            push(*git_tree_entry_id(entry), std::move(subtrees));
        } else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
            add_blob(*git_tree_entry_id(entry));
        }
    }

    Repository& repository_;
    IdSet seen_;
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
        std::vector<git_oid> bases;
        for (const git_oid& parent : commits.get(id).parents) {
            bases.push_back(commits.get(parent).tree);
        }
        collector.add_tree(commits.get(id).tree, std::move(bases));
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
    if (blobs.empty()) {
        return blobs;
    }
    Collector collector{repository};
    for (const git_oid& tree : edge_trees) {
        collector.add_tree(tree, {});
    }
    const std::vector<git_oid> found = collector.take();
    const IdSet old(found.begin(), found.end());
    std::erase_if(blobs, [&old](const git_oid& blob) { return old.contains(blob); });
    return blobs;
}

}  // namespace innergate::handlers::inspectors::git
