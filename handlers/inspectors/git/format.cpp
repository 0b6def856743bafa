#include "handlers/inspectors/git/format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/handles.hpp"
#include "handlers/inspectors/git/library.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtensions = "extensions.";

struct Extension {
    std::string_view name;
    std::string_view value;  ///< empty: any
};

/// Extensions that change nothing for a program that only reads objects and refs.
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

constexpr std::size_t kSha256Digits = 64;

void add_extension(Format& format, std::string_view name, std::string_view value) {
    if (is_harmless(name, value)) {
        return;
    }
    std::string setting = fmt::format("{}{}={}", kExtensions, name, value);
    if (name == "objectformat" && value == "sha256") {
        format.id_digits = kSha256Digits;
        format.other_objects = std::move(setting);
    } else if (name == "refstorage" && value == "reftable") {
        format.other_refs = std::move(setting);
    } else {
        throw Failure{Failure::Kind::failed, "repository with " + setting};
    }
}

/// "Not there" and "may not look" are different things.
fs::file_type type_of(const fs::path& path) {
    std::error_code error;
    const fs::file_type type = fs::symlink_status(path, error).type();
    if (type == fs::file_type::none) {
        throw Failure{Failure::Kind::failed, fmt::format("{}: {}", path.native(), error.message())};
    }
    return type;
}

bool is_folder(const fs::path& path) {
    std::error_code error;
    return type_of(path) != fs::file_type::not_found && fs::is_directory(path, error);
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

bool is_repository(const fs::path& folder) {
    const fs::file_type head = type_of(folder / "HEAD");
    return (head == fs::file_type::regular || head == fs::file_type::symlink) &&
           is_folder(folder / "objects") && is_folder(folder / "refs");
}

Format read_format(const fs::path& repository) {
    Format format;
    const fs::path file = repository / "config";
    if (type_of(file) == fs::file_type::not_found) {
        return format;  // as git: the oldest format
    }
    start_library();
    const auto config = acquire<Config>(file.native(), git_config_open_ondisk, file.c_str());
    require_readable_version(config.get());
    const auto entries = acquire<ConfigIterator>(
        file.native(), git_config_iterator_new, static_cast<const git_config*>(config.get())
    );
    for (git_config_entry* entry = nullptr;;) {
        const int status = git_config_next(&entry, entries.get());
        if (status == GIT_ITEROVER) {
            return format;
        }
        require(status, file.native());
        const std::string_view name{entry->name};
        if (name.starts_with(kExtensions)) {
            const std::string_view value{entry->value == nullptr ? "" : entry->value};
            add_extension(format, name.substr(kExtensions.size()), value);
        }
    }
}

}  // namespace innergate::handlers::inspectors::git
