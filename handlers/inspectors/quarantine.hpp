// Where the objects of a push lie before the push is accepted, as Gitaly tells it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::inspectors {

/// Paths are relative to the repository, as the client sent them: whoever opens them checks where
/// they lead.
struct Quarantine {
    std::string object_directory;  ///< empty: the push brought no objects, or this is no push
    std::vector<std::string> alternates;

    friend bool operator==(const Quarantine&, const Quarantine&) = default;
};

/// Reads the parameter `env` of /internal/allowed: JSON with GIT_OBJECT_DIRECTORY_RELATIVE and
/// GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE (an array, or null), which Gitaly takes from its
/// hook's environment. Other members are ignored. Text that is no such JSON is ignored too: then
/// there is no quarantine.
[[nodiscard]] Quarantine parse_quarantine(std::string_view env);

}  // namespace innergate::handlers::inspectors
