#include "handlers/inspectors/git/trees.hpp"

#include <limits>
#include <utility>

namespace innergate::handlers::inspectors::git {
namespace {

constexpr std::size_t kMaxDepth = 4096;
constexpr std::size_t kMaxPaths = 1'000'000;

bool is_tree(const git_tree_entry* entry) {
    return entry != nullptr && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

bool is_file(const git_tree_entry* entry) {
    return entry != nullptr && !is_tree(entry);
}

bool are_same(const git_tree_entry* a, const git_tree_entry* b) {
    return a != nullptr && b != nullptr &&
           git_tree_entry_filemode(a) == git_tree_entry_filemode(b) &&
           git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) != 0;
}

std::optional<git_oid> id_if_tree(const git_tree_entry* entry) {
    return is_tree(entry) ? std::optional{*git_tree_entry_id(entry)} : std::nullopt;
}

class Difference {
public:
    explicit Difference(Repository& repository) : repository_(repository) {}

    std::vector<std::string> between(
        const std::optional<git_oid>& before, const std::optional<git_oid>& after
    ) {
        pairs_.push_back({.before = before, .after = after, .prefix = "", .depth = 0});
        while (!pairs_.empty()) {
            const Pair pair = std::move(pairs_.back());
            pairs_.pop_back();
            look_into(pair);
        }
        return std::move(paths_);
    }

private:
    struct Pair {
        std::optional<git_oid> before;
        std::optional<git_oid> after;
        std::string prefix;  ///< empty, or ends in a slash
        std::size_t depth;
    };

    void look_into(const Pair& pair) {
        const Tree before = pair.before ? repository_.tree(*pair.before) : Tree{};
        const Tree after = pair.after ? repository_.tree(*pair.after) : Tree{};
        for_each_entry(after, [&](const git_tree_entry* entry) {
            compare(pair, git_tree_entry_name(entry), same_name(before, entry), entry);
        });
        for_each_entry(before, [&](const git_tree_entry* entry) {
            if (same_name(after, entry) == nullptr) {
                compare(pair, git_tree_entry_name(entry), entry, nullptr);
            }
        });
    }

    template <class Visit>
    static void for_each_entry(const Tree& tree, const Visit& visit) {
        const std::size_t count = tree ? git_tree_entrycount(tree.get()) : 0;
        for (std::size_t index = 0; index < count; ++index) {
            visit(git_tree_entry_byindex(tree.get(), index));
        }
    }

    static const git_tree_entry* same_name(const Tree& tree, const git_tree_entry* entry) {
        return tree ? git_tree_entry_byname(tree.get(), git_tree_entry_name(entry)) : nullptr;
    }

    void compare(
        const Pair& pair,
        const char* name,
        const git_tree_entry* before,
        const git_tree_entry* after
    ) {
        if (are_same(before, after)) {
            return;
        }
        std::string path = pair.prefix + name;
        if (is_tree(before) || is_tree(after)) {
            if (pair.depth == kMaxDepth) {
                throw Failure{Failure::Kind::failed, "trees are nested too deep"};
            }
            pairs_.push_back(
                {.before = id_if_tree(before),
                 .after = id_if_tree(after),
                 .prefix = path + "/",
                 .depth = pair.depth + 1}
            );
        }
        if (is_file(before) || is_file(after)) {
            if (paths_.size() == kMaxPaths) {
                throw Failure{Failure::Kind::failed, "more paths differ than can be listed"};
            }
            paths_.push_back(std::move(path));
        }
    }

    Repository& repository_;
    std::vector<Pair> pairs_;
    std::vector<std::string> paths_;
};

std::size_t product(std::size_t a, std::size_t b) {
    std::size_t result = 0;
    return __builtin_mul_overflow(a, b, &result) ? std::numeric_limits<std::size_t>::max() : result;
}

std::size_t sum(std::size_t a, std::size_t b) {
    std::size_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? std::numeric_limits<std::size_t>::max() : result;
}

}  // namespace

std::vector<std::string> differing_paths(
    Repository& repository,
    const std::optional<git_oid>& before,
    const std::optional<git_oid>& after
) {
    return Difference{repository}.between(before, after);
}

std::size_t count_files(Repository& repository, const git_oid& tree) {
    std::size_t files = 0;
    // The same tree may stand in many places: each is read once per level, and counted as often as
    // it stands there.
    IdMap<std::size_t> level{{tree, 1}};
    for (std::size_t depth = 0; !level.empty(); ++depth) {
        if (depth > kMaxDepth) {
            throw Failure{Failure::Kind::failed, "trees are nested too deep"};
        }
        IdMap<std::size_t> next;
        for (const auto& [id, times] : level) {
            const Tree found = repository.tree(id);
            const std::size_t count = git_tree_entrycount(found.get());
            std::size_t files_here = 0;
            for (std::size_t index = 0; index < count; ++index) {
                const git_tree_entry* const entry = git_tree_entry_byindex(found.get(), index);
                if (is_tree(entry)) {
                    std::size_t& places = next[*git_tree_entry_id(entry)];
                    places = sum(places, times);
                } else {
                    ++files_here;
                }
            }
            files = sum(files, product(files_here, times));
        }
        level = std::move(next);
    }
    return files;
}

}  // namespace innergate::handlers::inspectors::git
