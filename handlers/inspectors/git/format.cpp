#include "handlers/inspectors/git/format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/handles.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

constexpr std::string_view kExtensions = "extensions.";

struct Extension {
    std::string_view name;
    std::string_view value;  ///< empty: any
};

/// Those that change nothing for who only reads objects and refs.
constexpr std::array<Extension, 6> kHarmless{
    {{.name = "noop", .value = ""},
     {.name = "objectformat", .value = "sha1"},
     {.name = "partialclone", .value = ""},
     {.name = "preciousobjects", .value = ""},
     {.name = "refstorage", .value = "files"},
     {.name = "worktreeconfig", .value = ""}}};

bool is_harmless(std::string_view name, std::string_view value) {
    return std::ranges::any_of(kHarmless, [&](const Extension& extension) {
        return extension.name == name && (extension.value.empty() || extension.value == value);
    });
}

void require_readable_version(git_config* config) {
    std::int32_t version = 0;
    const int status = git_config_get_int32(&version, config, "core.repositoryformatversion");
    if (status != GIT_ENOTFOUND) {
        require(status, "repository format version");
    }
    if (version > 1) {
        throw Failure{Failure::Kind::failed, fmt::format("repository format version {}", version)};
    }
}

}  // namespace

void require_readable_format(const std::filesystem::path& repository) {
    const std::filesystem::path file = repository / "config";
    std::error_code error;
    if (std::filesystem::status(file, error).type() == std::filesystem::file_type::not_found) {
        return;  // as git: the oldest format
    }
    const auto config = acquire<Config>(file.native(), git_config_open_ondisk, file.c_str());
    require_readable_version(config.get());
    const auto entries = acquire<ConfigIterator>(
        file.native(), git_config_iterator_new, static_cast<const git_config*>(config.get())
    );
    for (git_config_entry* entry = nullptr;;) {
        const int status = git_config_next(&entry, entries.get());
        if (status == GIT_ITEROVER) {
            return;
        }
        require(status, file.native());
        const std::string_view name{entry->name};
        const std::string_view value{entry->value == nullptr ? "" : entry->value};
        if (name.starts_with(kExtensions) && !is_harmless(name.substr(kExtensions.size()), value)) {
            throw Failure{Failure::Kind::failed, fmt::format("repository with {}={}", name, value)};
        }
    }
}

}  // namespace innergate::handlers::inspectors::git
