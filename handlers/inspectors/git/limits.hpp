// How much of a repository one question may take into memory. A pusher chooses how large all this
// is, and a large object may be tiny as a pack: a gigabyte of zeros becomes a megabyte. A question
// that exceeds a limit fails. Real repositories stay below the limits.
#pragma once

#include <cstddef>

namespace innergate::handlers::inspectors::git {

inline constexpr std::size_t kMebibyte = std::size_t{1024} * 1024;

/// A folder of 350 000 files, subfolders not counted. libgit2 needs two and a half times as much
/// for one tree, and three trees are open at a time.
inline constexpr std::size_t kMaxTreeBytes = 16 * kMebibyte;
/// Of a commit or an annotated tag, with its message and signature.
inline constexpr std::size_t kMaxCommitBytes = 4 * kMebibyte;
/// What libgit2 may take at a time. Objects are kept as differences from other objects. Those have
/// to be whole in memory first, and the difference does not tell how large they are.
inline constexpr std::size_t kMaxAllocationBytes = 32 * kMebibyte;
/// Commits that a walk visits: 260 bytes each.
inline constexpr std::size_t kMaxCommits = 2'000'000;
/// Their parents, all together: 32 bytes each at most.
inline constexpr std::size_t kMaxParents = 4'000'000;
/// New blobs and trees, or distinct trees of one level where files are counted: 200 bytes each.
inline constexpr std::size_t kMaxObjects = 2'000'000;
/// Parts of an answer: 200 bytes each.
inline constexpr std::size_t kMaxFindings = 500'000;
/// Refs of all kinds: 20 bytes each, and twice as much for a moment.
inline constexpr std::size_t kMaxRefs = 4'000'000;
/// Names of refs that are files of their own, and of branches in an answer.
inline constexpr std::size_t kMaxNameBytes = 64 * kMebibyte;

}  // namespace innergate::handlers::inspectors::git
