#include "handlers/inspectors/gitaly/paths_within.hpp"

#include <filesystem>
#include <string_view>

#include <fmt/format.h>

namespace innergate::handlers::inspectors::gitaly {
namespace {

namespace fs = std::filesystem;

bool is_plain_relative(std::string_view path) {
    return !path.empty() && !path.starts_with('/') && path.find('\0') == std::string_view::npos;
}

/// `base` and `path` are relative. Answers whether together they lead to a place that is not
/// inside.
bool leads_out(std::string_view base, std::string_view path) {
    const fs::path normal = (fs::path{base} / path).lexically_normal();
    return normal == "." || normal.begin() == normal.end() || *normal.begin() == "..";
}

}  // namespace

std::optional<std::string> why_outside_storage(const Target& target) {
    const std::string& asked =
        target.hook_relative_path.empty() ? target.relative_path : target.hook_relative_path;
    const auto look = [&](std::string_view base,
                          std::string_view path) -> std::optional<std::string> {
        if (!is_plain_relative(path)) {
            return fmt::format("'{}' is no relative path", path);
        }
        return leads_out(base, path)
                   ? std::optional{fmt::format("'{}' leads out of the storage", path)}
                   : std::nullopt;
    };
    for (const std::string* const path : {&target.relative_path, &asked}) {
        if (auto fault = look("", *path)) {
            return fault;
        }
    }
    if (target.quarantine.object_directory.empty()) {
        return std::nullopt;
    }
    if (auto fault = look(asked, target.quarantine.object_directory)) {
        return fault;
    }
    for (const std::string& alternate : target.quarantine.alternates) {
        if (auto fault = look(asked, alternate)) {
            return fault;
        }
    }
    return std::nullopt;
}

}  // namespace innergate::handlers::inspectors::gitaly
