// Repositories behind a Gitaly for tests, and the questions that are asked about one of them.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "tests/integration/inspectors/git_sandbox.hpp"

namespace innergate::test {

inline handlers::inspectors::RepositoryName name_of(std::string relative_path) {
    return {
        .storage = "default",
        .relative_path = std::move(relative_path),
        .gl_repository = "project-7",
        .gl_project_path = "group/project",
    };
}

inline handlers::inspectors::Occasion within(std::chrono::milliseconds time) {
    return {.deadline = std::chrono::steady_clock::now() + time, .correlation_id = "c0ffee"};
}

/// With two commits on main.
struct GitalySandbox : GitSandbox {
    GitalySandbox() : GitSandbox(Eyes::gitaly) {
        create_repository();
        first = commit({{"a", "1"}});
        second = commit({{"a", "2"}, {"b", "1"}});
        push({"main"});
    }

    auto look(const handlers::inspectors::Occasion& occasion) {
        return inspectors().look_into(name_of(std::string{kRelativePath}), occasion);
    }

    std::string first;
    std::string second;
};

}  // namespace innergate::test
