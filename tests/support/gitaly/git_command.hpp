// Runs git as Gitaly does: on one repository, with the objects of a push.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace innergate::test {

struct GitResult {
    int status = 0;
    std::string output;
    std::string errors;
};

/// `variables` are added to an environment in which nobody's settings count.
[[nodiscard]] GitResult run_git(
    const std::filesystem::path& repository,
    const std::vector<std::string>& arguments,
    const std::vector<std::string>& variables,
    const std::string& input = ""
);

}  // namespace innergate::test
