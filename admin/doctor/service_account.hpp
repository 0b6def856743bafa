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

/// Of pools that are handed their socket, as our units do. Nothing: they listen on their own, and
/// whoever starts them so decides under which account; or this host does not know ours.
[[nodiscard]] std::optional<std::string> account_of_pools(const settings::Settings& settings);

/// Nothing: there is no such account here.
[[nodiscard]] std::optional<uid_t> id_of_account(const std::string& name);

/// Who that is; its number where it has no name.
[[nodiscard]] std::string name_of_account(uid_t id);

enum class FileUse {
    read,
    read_and_write,
    look_into,  ///< of a folder
};

/// By the file's owner, group and mode. Nothing: it may, or there is no such account here, or the
/// file cannot be looked at, which others report.
[[nodiscard]] std::optional<std::string> why_account_may_not(
    const std::string& path, FileUse use, const std::string& account
);

/// Our units have systemd read these (LoadCredential=), as root, and hand them over. By the file's
/// path: one elsewhere the account has to be able to read by itself.
[[nodiscard]] bool is_handed_over(const std::string& path);

/// Whoever owns a file can open it to everyone: that should be the account, root or ourselves.
[[nodiscard]] bool belongs_to_stranger(const std::string& path, const std::string& account);

}  // namespace innergate::admin::doctor
