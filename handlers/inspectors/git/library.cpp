#include "handlers/inspectors/git/library.hpp"

#include <cstddef>
#include <git2.h>
#include <sys/types.h>

#include "handlers/inspectors/git/allocator.hpp"
#include "handlers/inspectors/git/failure.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

/// For all repositories that are open at a time, together. An object counts with the size that git
/// gives it, which for the smallest trees is a fifteenth of what libgit2 makes of it.
constexpr ssize_t kMaxCacheBytes = ssize_t{8} * 1024 * 1024;

class Library {
public:
    Library() {
        limit_allocations();
        require(git_libgit2_init(), "start of libgit2");
        // The storage belongs to Gitaly's account. Who may ask was decided before.
        require(git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0), "owner validation");
        // Only the repository's own settings count, whatever HOME is.
        for (const int level :
             {GIT_CONFIG_LEVEL_PROGRAMDATA,
              GIT_CONFIG_LEVEL_SYSTEM,
              GIT_CONFIG_LEVEL_XDG,
              GIT_CONFIG_LEVEL_GLOBAL}) {
            require(git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, ""), "search path");
        }
        require(git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, kMaxCacheBytes), "cache size");
        // Commits are read once, and what is needed of them is kept (git/commits.hpp).
        require(
            git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_COMMIT, std::size_t{0}),
            "cache of commits"
        );
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { git_libgit2_shutdown(); }
};

}  // namespace

void start_library() {
    static const Library library;
}

}  // namespace innergate::handlers::inspectors::git
