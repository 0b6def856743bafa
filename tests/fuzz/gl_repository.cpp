// Names and paths of repositories; a name that is read is written in the one form that it has.
#include "handlers/domain/git_access/gl_repository.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "handlers/domain/git_access/repository_path.hpp"
#include "handlers/domain/path_rules.hpp"

using namespace innergate::handlers::domain;
using namespace innergate::handlers::domain::git_access;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    if (const auto repository = parse_gl_repository(input)) {
        if (repository->id <= 0 || parse_gl_repository(to_string(*repository)) != repository) {
            std::abort();
        }
    }
    const RepositoryPath path = parse_repository_path(input);
    if (is_legal_project_path(path.path) &&
        (path.path.find('/') == std::string::npos ||
         ("/" + path.path + "/").find("/../") != std::string::npos ||
         path.path.find('\0') != std::string::npos)) {
        std::abort();
    }
    return 0;
}
