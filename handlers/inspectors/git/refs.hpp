// A repository's refs, where they are files: each is a file of its own, or a line of `packed-refs`.
// They are read here because libgit2 takes all of them into memory, and reads none of a repository
// with SHA-256 ids.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/inspectors/git/failure.hpp"

namespace innergate::handlers::inspectors::git {

inline constexpr std::string_view kBranches = "refs/heads/";

/// Git keeps each name as a path, and paths are no longer.
inline constexpr std::size_t kMaxRefName = 4000;

/// All functions throw a Failure where a file cannot be read, or when the time is up.
class Refs {
public:
    /// `repository`: its folder; `id_digits`: how long its object ids are.
    Refs(std::filesystem::path repository, std::size_t id_digits, Deadline deadline);

    /// Answers whether to go on.
    using Visit = std::function<bool(std::string_view name, std::string_view id)>;

    /// Visits the refs below `folder` (`refs/heads/`) that name an object, in no order. It leaves
    /// out refs that name another ref or are broken. Throws where the names of the refs that are
    /// files of their own take more than 64 MiB; of `packed-refs` it keeps nothing in memory.
    void visit(std::string_view folder, const Visit& visit) const;

    [[nodiscard]] bool has_branch() const;
    /// The branch that HEAD names; nothing where HEAD is detached, or names something else.
    [[nodiscard]] std::optional<std::string> head_branch() const;

private:
    std::filesystem::path repository_;
    std::size_t id_digits_;
    Deadline deadline_;
};

}  // namespace innergate::handlers::inspectors::git
