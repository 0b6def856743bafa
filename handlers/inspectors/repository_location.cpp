#include "handlers/inspectors/repository_location.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace innergate::handlers::inspectors {
namespace {

using domain::git_access::Inspected;
using domain::git_access::InspectionFailure;
namespace fs = std::filesystem;

tl::unexpected<InspectionFailure> failed(std::string reason) {
    return tl::unexpected(InspectionFailure{
        .kind = InspectionFailure::Kind::failed, .reason = std::move(reason)});
}

bool is_below(const fs::path& path, const fs::path& folder) {
    const auto [rest, unmatched] = std::ranges::mismatch(folder, path);
    return rest == folder.end() && unmatched != path.end();
}

Inspected<fs::path> canonical_storage(const fs::path& storage) {
    std::error_code error;
    fs::path root = fs::canonical(storage, error);
    if (error) {
        return failed(fmt::format("storage {}: {}", storage.string(), error.message()));
    }
    return root;
}

/// "Not there" and "may not look" are different things: the first is an answer.
Inspected<bool> is_folder(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return false;
    }
    if (error) {
        return failed(fmt::format("{}: {}", path.string(), error.message()));
    }
    return status.type() == fs::file_type::directory;
}

Inspected<std::vector<fs::path>> locate_objects(
    const fs::path& root, const fs::path& repository, const Quarantine& quarantine
) {
    std::vector<fs::path> folders;
    if (quarantine.object_directory.empty()) {
        return folders;
    }
    const auto add = [&](const std::string& path) -> Inspected<bool> {
        auto folder = resolve_within(root, repository, path);
        if (!folder) {
            return tl::unexpected(std::move(folder.error()));
        }
        auto is_there = is_folder(*folder);
        if (is_there && *is_there) {
            folders.push_back(std::move(*folder));
        }
        return is_there;
    };
    const auto is_there = add(quarantine.object_directory);
    if (!is_there) {
        return tl::unexpected(is_there.error());
    }
    if (!*is_there) {
        return failed("the quarantine " + quarantine.object_directory + " is not there");
    }
    for (const std::string& alternate : quarantine.alternates) {
        if (const auto added = add(alternate); !added) {
            return tl::unexpected(added.error());
        }
    }
    return folders;
}

}  // namespace

Inspected<fs::path> resolve_within(
    const fs::path& storage, const fs::path& base, std::string_view path
) {
    if (path.empty() || path.starts_with('/') || path.find('\0') != std::string_view::npos) {
        return failed(fmt::format("'{}' is no relative path", path));
    }
    const auto root = canonical_storage(storage);
    if (!root) {
        return tl::unexpected(root.error());
    }
    std::error_code error;
    fs::path target = fs::weakly_canonical(base / path, error);
    if (error) {
        return failed(fmt::format("'{}': {}", path, error.message()));
    }
    if (!target.has_filename()) {
        target = target.parent_path();  // of a path that ends in a slash and does not exist
    }
    if (!is_below(target, *root)) {
        return failed(fmt::format("'{}' leads out of the storage {}", path, storage.string()));
    }
    return target;
}

Inspected<RepositoryLocation> locate_repository(
    const fs::path& storage, std::string_view relative_path, const Quarantine& quarantine
) {
    auto folder = resolve_within(storage, storage, relative_path);
    if (!folder) {
        return tl::unexpected(std::move(folder.error()));
    }
    const auto is_there = is_folder(*folder);
    if (!is_there) {
        return tl::unexpected(is_there.error());
    }
    RepositoryLocation location{
        .folder = std::move(*folder), .is_there = *is_there, .object_folders = {}};
    if (location.is_there) {
        auto objects = locate_objects(storage, location.folder, quarantine);
        if (!objects) {
            return tl::unexpected(std::move(objects.error()));
        }
        location.object_folders = std::move(*objects);
    }
    return location;
}

}  // namespace innergate::handlers::inspectors
