#include "handlers/inspectors/git/trees.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "handlers/inspectors/git/limits.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

constexpr std::size_t kMaxDepth = 4096;

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

template <class Visit>
void for_each_entry(const Tree& tree, const Visit& visit) {
    const std::size_t count = git_tree_entrycount(tree.get());
    for (std::size_t index = 0; index < count; ++index) {
        visit(git_tree_entry_byindex(tree.get(), index));
    }
}

/// Entries are looked up as in a sorted tree, so one could hide in a tree that is not sorted. Git
/// makes no such tree, and `git fsck` refuses it.
void require_sorted(const Tree& tree) {
    const git_tree_entry* last = nullptr;
    for_each_entry(tree, [&last](const git_tree_entry* entry) {
        if (last != nullptr && git_tree_entry_cmp(last, entry) >= 0) {
            throw Failure{Failure::Kind::failed, "a tree is not sorted"};
        }
        last = entry;
    });
}

/// A folder on the way to some of the paths that are asked for.
struct Folder {
    std::optional<git_oid> before;
    std::optional<git_oid> after;
    std::span<const std::string_view> paths;  ///< the paths that lead through it
    std::size_t name_start = 0;               ///< where the names within it begin in each path
};

const git_tree_entry* entry_named(const Tree& tree, std::string_view name) {
    if (!tree || name.find('\0') != std::string_view::npos) {
        return nullptr;
    }
    return git_tree_entry_byname(tree.get(), std::string{name}.c_str());
}

/// Whether at least one side has a file, and the other side does not have the same.
bool do_files_differ(const git_tree_entry* before, const git_tree_entry* after) {
    return (is_file(before) || is_file(after)) && !are_same(before, after);
}

std::span<const std::string_view> those_below(
    std::span<const std::string_view> paths, std::string_view folder
) {
    const auto end = std::ranges::find_if_not(paths, [folder](std::string_view path) {
        return path.starts_with(folder);
    });
    return paths.first(static_cast<std::size_t>(end - paths.begin()));
}

class Difference {
public:
    explicit Difference(Repository& repository) : repository_(repository) {}

    std::optional<std::string> first(const Folder& root) {
        add(root);
        while (!folders_.empty()) {
            const Folder folder = folders_.back();
            folders_.pop_back();
            if (auto path = look_into(folder)) {
                return path;
            }
        }
        return std::nullopt;
    }

private:
    void add(const Folder& folder) {
        const bool is_on_both = folder.before && folder.after;
        const bool is_there = folder.before || folder.after;
        if (is_there && !(is_on_both && IdEqual{}(*folder.before, *folder.after))) {
            folders_.push_back(folder);
        }
    }

    Tree read(const std::optional<git_oid>& id) {
        if (!id) {
            return {};
        }
        Tree tree = repository_.tree(*id);
        require_sorted(tree);
        return tree;
    }

    std::optional<std::string> look_into(const Folder& folder) {
        const Tree before = read(folder.before);
        const Tree after = read(folder.after);
        for (auto rest = folder.paths; !rest.empty();) {
            const std::string_view path = rest.front();
            const std::size_t slash = path.find('/', folder.name_start);
            const std::string_view name = path.substr(0, slash).substr(folder.name_start);
            const git_tree_entry* const old_entry = entry_named(before, name);
            const git_tree_entry* const new_entry = entry_named(after, name);
            if (slash == std::string_view::npos) {
                if (do_files_differ(old_entry, new_entry)) {
                    return std::string{path};
                }
                rest = rest.subspan(1);
                continue;
            }
            const auto below = those_below(rest, path.substr(0, slash + 1));
            add(
                {.before = id_if_tree(old_entry),
                 .after = id_if_tree(new_entry),
                 .paths = below,
                 .name_start = slash + 1}
            );
            rest = rest.subspan(below.size());
        }
        return std::nullopt;
    }

    Repository& repository_;
    std::vector<Folder> folders_;
};

std::size_t product(std::size_t a, std::size_t b) {
    std::size_t result = 0;
    return __builtin_mul_overflow(a, b, &result) ? std::numeric_limits<std::size_t>::max() : result;
}

std::size_t sum(std::size_t a, std::size_t b) {
    std::size_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? std::numeric_limits<std::size_t>::max() : result;
}

/// In how many places each tree of a level stands.
using Level = IdMap<std::size_t>;

void add(Level& level, const git_oid& tree, std::size_t places) {
    std::size_t& all = level[tree];
    all = sum(all, places);
    if (level.size() > kMaxObjects) {
        throw Failure{Failure::Kind::failed, "more folders than can be looked at"};
    }
}

}  // namespace

std::optional<std::string> first_difference(
    Repository& repository,
    const std::optional<git_oid>& before,
    const std::optional<git_oid>& after,
    std::span<const std::string_view> paths
) {
    return Difference{repository}.first(
        {.before = before, .after = after, .paths = paths, .name_start = 0}
    );
}

std::size_t count_files(Repository& repository, const git_oid& tree) {
    std::size_t files = 0;
    // The same tree may stand in many places: each is read once per level, and counted as often as
    // it stands there.
    Level level{{tree, 1}};
    for (std::size_t depth = 0; !level.empty(); ++depth) {
        if (depth > kMaxDepth) {
            throw Failure{Failure::Kind::failed, "trees are nested too deep"};
        }
        Level next;
        for (const auto& [id, times] : level) {
            const Tree found = repository.tree(id);
            std::size_t files_here = 0;
            for_each_entry(found, [&, places = times](const git_tree_entry* entry) {
                if (is_tree(entry)) {
                    add(next, *git_tree_entry_id(entry), places);
                } else {
                    ++files_here;
                }
            });
            files = sum(files, product(files_here, times));
        }
        level = std::move(next);
    }
    return files;
}

}  // namespace innergate::handlers::inspectors::git
