#include "app/settings/storage_keys.hpp"

#include <utility>

#include "app/ascii.hpp"
#include "app/settings/checks.hpp"
#include "app/settings/key_row.hpp"

namespace innergate::settings {
namespace {

constexpr std::string_view kChecksSection = "checks";

/// Of one storage. Assigning makes it.
template <class T>
Accessor<T> of_storage(const std::string& name, T Storage::*member) {
    return [name, member](Settings& settings) -> T& { return settings.storages[name].*member; };
}

}  // namespace

std::string_view to_string(Inspector inspector) {
    switch (inspector) {
        case Inspector::none:
            return "none";
        case Inspector::local:
            return "local";
        case Inspector::gitaly:
            return "gitaly";
    }
    return "";
}

std::vector<Key> storage_keys(const std::string& name) {
    std::vector<Key> keys;
    const std::string section = std::string{kStorageSection} + name;
    keys.push_back(row<std::string, Check>(
        section,
        "gitaly_address",
        "unix:/PATH|tcp://HOST:PORT|tls://HOST:PORT|dns:HOST:PORT",
        of_storage(name, &Storage::gitaly_address),
        "Where Gitaly serves the repositories of this storage: told to gitlab-shell and "
        "Workhorse, which dial it, and dialled by this server when it looks into repositories "
        "through Gitaly.",
        gitaly_address
    ));
    keys.push_back(row<std::string, Check>(
        section,
        "gitaly_token_file",
        "path",
        of_storage(name, &Storage::gitaly_token_file),
        "File with the token that this Gitaly asks for; empty: it asks for none."
    ));
    keys.push_back(row<std::string, Check>(
        section,
        "gitaly_ca_file",
        "path",
        of_storage(name, &Storage::gitaly_ca_file),
        "File with the certificates in PEM that are trusted for a tls:// address; empty: those of "
        "the system.",
        absolute_path
    ));
    keys.push_back(row<std::string, Check>(
        section,
        "path",
        "path",
        of_storage(name, &Storage::path),
        "Absolute path of the storage's repositories, where this host has them and the pools run "
        "under the account that owns them; empty: they are looked into through Gitaly, or not at "
        "all.",
        absolute_path
    ));
    keys.push_back(row<std::optional<Inspector>>(
        section,
        "inspector",
        "auto|gitaly|local|none",
        of_storage(name, &Storage::inspector),
        "Who looks into repositories when a check needs it: gitaly asks the Gitaly at "
        "gitaly_address; local reads them below path, which takes the account that owns them; "
        "none: nobody, and such checks refuse; auto: local where path belongs to this account, "
        "else gitaly where gitaly_address is set here, else none."
    ));
    return keys;
}

/// The name in `storage.NAME`, or nothing.
std::optional<std::string> storage_of(std::string_view section) {
    if (!section.starts_with(kStorageSection)) {
        return std::nullopt;
    }
    const std::string_view name = section.substr(kStorageSection.size());
    return !name.empty() && ascii::has_only_letters_digits_and("_-.", name)
               ? std::optional{std::string{name}}
               : std::nullopt;
}

void add_checks(std::vector<Key>& keys) {
    const auto add =
        [&keys](const std::string& name, Unchecked Checks::*member, const std::string& doc) {
            keys.push_back(row<Unchecked>(
                std::string{kChecksSection},
                name,
                "closed|open",
                [member](Settings& settings) -> Unchecked& { return settings.checks.*member; },
                doc
            ));
        };
    add("force_push",
        &Checks::force_push,
        "That an update of a protected branch is no force push. When nobody can look into the "
        "repository: closed refuses the push, open lets it through; so for each check below.");
    add("branch_basis",
        &Checks::branch_basis,
        "That a new protected branch begins at a commit of a protected branch.");
    add("repository_state",
        &Checks::repository_state,
        "Whether the repository exists, has a branch yet, and what its default branch is. Every "
        "fetch and push asks for the first; new branches, new tags and deletions of branches for "
        "the rest. When it cannot be read, open takes what the database says.");
    add("lfs_objects",
        &Checks::lfs_objects,
        "That the LFS objects that new commits point to have been uploaded.");
    add("lfs_locks",
        &Checks::lfs_locks,
        "That no pushed commit changes a file which someone else has locked.");
    add("file_size", &Checks::file_size, "That no new file is larger than the instance's limit.");
    add("snippet_files",
        &Checks::snippet_files,
        "That a snippet has at least one file and no more than it may have.");
}

std::vector<std::string> open_checks(const Settings& settings) {
    std::vector<std::string> names;
    for (const Key& key : keys()) {
        if (key.section == kChecksSection && key.show(settings) == show_value(Unchecked::open)) {
            names.push_back(key.name);
        }
    }
    return names;
}

}  // namespace innergate::settings
