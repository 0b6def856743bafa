#include "admin/jobs/hook_folder.hpp"

#include <algorithm>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace innergate::admin::jobs {
namespace {

bool is_hook(const std::filesystem::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    std::error_code fault;
    return !name.starts_with('.') && !name.ends_with('~') && entry.is_regular_file(fault) &&
           ::access(entry.path().c_str(), X_OK) == 0;
}

/// Judges a path as sshd judges its users' files. The path is followed to its end.
std::optional<std::string> why_untrusted(const std::filesystem::path& path) {
    std::error_code fault;
    const std::filesystem::path real = std::filesystem::canonical(path, fault);
    for (std::filesystem::path part = real; !fault; part = part.parent_path()) {
        struct stat status {};
        if (::stat(part.c_str(), &status) != 0) {
            break;
        }
        const bool may_group = (status.st_mode & S_IWGRP) != 0 && status.st_gid != 0;
        const bool may_others = (status.st_mode & S_IWOTH) != 0;
        // In a sticky folder others may not rename what is not theirs.
        const bool is_sticky = (status.st_mode & S_ISVTX) != 0 && part != real;
        if ((may_group || may_others) && !is_sticky) {
            return fmt::format("{} may be written to by others: chmod go-w it", part.string());
        }
        if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
            return fmt::format("{} belongs to another account", part.string());
        }
        if (part == part.root_path()) {
            return std::nullopt;
        }
    }
    return fmt::format("cannot look at {}", path.string());
}

}  // namespace

tl::expected<std::vector<std::filesystem::path>, std::string> hooks_in(
    const std::filesystem::path& folder
) {
    std::error_code fault;
    std::vector<std::filesystem::path> hooks;
    // The hooks run in another folder than this process.
    const std::filesystem::path from_root = std::filesystem::absolute(folder);
    for (std::filesystem::directory_iterator entry{from_root, fault}, end; !fault && entry != end;
         entry.increment(fault)) {
        if (is_hook(*entry)) {
            hooks.push_back(entry->path());
        }
    }
    if (fault && fault != std::errc::no_such_file_or_directory) {
        return tl::unexpected(
            fmt::format("cannot read the folder {}: {}", folder.string(), fault.message())
        );
    }
    if (!fault) {
        hooks.push_back(from_root);
        for (const std::filesystem::path& path : hooks) {
            if (auto reason = why_untrusted(path)) {
                return tl::unexpected(std::move(*reason));
            }
        }
        hooks.pop_back();
    }
    std::ranges::sort(hooks);
    return hooks;
}

}  // namespace innergate::admin::jobs
