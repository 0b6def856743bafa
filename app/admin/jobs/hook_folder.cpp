#include "app/admin/jobs/hook_folder.hpp"

#include <algorithm>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace innergate::admin::jobs {
namespace {

bool is_hook(const std::filesystem::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    std::error_code fault;
    return !name.starts_with('.') && !name.ends_with('~') && entry.is_regular_file(fault) &&
           ::access(entry.path().c_str(), X_OK) == 0;
}

}  // namespace

tl::expected<std::vector<std::filesystem::path>, std::string> hooks_in(
    const std::filesystem::path& folder
) {
    std::error_code fault;
    std::vector<std::filesystem::path> hooks;
    // They run in another folder than this process.
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
    std::ranges::sort(hooks);
    return hooks;
}

}  // namespace innergate::admin::jobs
