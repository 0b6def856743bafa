// The account that the pools' units run them under, and what it may do with a file. The doctor is
// run by root or by the operator, so that its own rights say nothing about the pools'.
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

/// The account of pools that are handed their socket, as our units do. Nothing: the pools listen on
/// their own, and whoever starts them chooses the account; or this host does not know our account.
[[nodiscard]] std::optional<std::string> account_of_pools(const settings::Settings& settings);

/// Nothing: there is no such account here.
[[nodiscard]] std::optional<uid_t> id_of_account(const std::string& name);

/// The account's name; its number where it has no name.
[[nodiscard]] std::string name_of_account(uid_t id);

enum class FileUse {
    read,
    read_and_write,
    look_into,  ///< of a folder
};

/// Judges by the file's owner, group and mode. Nothing: the account may, or it does not exist here,
/// or the file cannot be looked at, which other checks report.
[[nodiscard]] std::optional<std::string> why_account_may_not(
    const std::string& path, FileUse use, const std::string& account
);

/// Whether our units have systemd read the file (LoadCredential=), as root, and hand it over.
/// Judges by the path: a file elsewhere has to be readable to the account itself.
[[nodiscard]] bool is_handed_over(const std::string& path);

/// Whether the owner, who can open the file to everyone, is neither the account nor root nor we.
[[nodiscard]] bool belongs_to_stranger(const std::string& path, const std::string& account);

}  // namespace innergate::admin::doctor
