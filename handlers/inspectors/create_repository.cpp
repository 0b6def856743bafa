#include "handlers/inspectors/create_repository.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/format.hpp"
#include "handlers/inspectors/git/handles.hpp"
#include "handlers/inspectors/git/library.hpp"
#include "handlers/inspectors/repository_location.hpp"

namespace innergate::handlers::inspectors {
namespace {

using domain::git_access::Inspected;
using git::Failure;
namespace fs = std::filesystem;

/// A folder of our own beside the repository's place, gone at the end with what is left in it.
class Workshop {
public:
    explicit Workshop(const fs::path& parent) : path_((parent / "+innergate-XXXXXX").native()) {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw Failure{
                Failure::Kind::failed,
                fmt::format("{}: {}", path_, std::generic_category().message(errno))};
        }
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    ~Workshop() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    [[nodiscard]] fs::path path() const { return path_; }

private:
    std::string path_;
};

void initialise(const fs::path& folder, const std::string& default_branch) {
    git_repository_init_options options{};
    git::require(
        git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION), "options"
    );
    options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKDIR;
    options.initial_head = default_branch.c_str();
    (void)git::acquire<git::RepositoryHandle>(
        folder.native(), git_repository_init_ext, folder.c_str(), &options
    );
}

bool is_repository(const RepositoryLocation& location) {
    return location.is_there && git::is_repository(location.folder);
}

Creation create(RepositoryLocation location, const std::string& default_branch) {
    git::start_library();
    if (git_reference_is_valid_name(("refs/heads/" + default_branch).c_str()) != 1) {
        throw Failure{
            Failure::Kind::failed, fmt::format("'{}' is no name for a branch", default_branch)};
    }
    if (is_repository(location)) {
        return Creation::was_there;
    }
    std::error_code error;
    const fs::path parent = location.folder.parent_path();
    fs::create_directories(parent, error);
    if (error) {
        throw Failure{
            Failure::Kind::failed, fmt::format("{}: {}", parent.string(), error.message())};
    }
    const Workshop workshop{parent};
    const fs::path made = workshop.path() / "repository.git";
    initialise(made, default_branch);
    fs::rename(made, location.folder, error);
    if (!error) {
        return Creation::created;
    }
    location.is_there = true;
    if (is_repository(location)) {
        return Creation::was_there;  // another request was faster
    }
    throw Failure{
        Failure::Kind::failed, fmt::format("{}: {}", location.folder.string(), error.message())};
}

}  // namespace

Inspected<Creation> create_repository(
    const fs::path& storage, std::string_view relative_path, std::string_view default_branch
) {
    auto location = locate_repository(storage, relative_path, {});
    if (!location) {
        return tl::unexpected(std::move(location.error()));
    }
    return git::as_value([&] { return create(std::move(*location), std::string{default_branch}); });
}

}  // namespace innergate::handlers::inspectors
