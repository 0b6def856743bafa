#include "admin/doctor/service_account.hpp"

#include <algorithm>
#include <array>
#include <grp.h>
#include <pwd.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "app/settings/settings.hpp"

namespace innergate::admin::doctor {
namespace {

struct Account {
    uid_t user;
    std::vector<gid_t> groups;
};

constexpr std::size_t kBufferBytes = 16384;

std::optional<Account> find_account(const std::string& name) {
    std::vector<char> buffer(kBufferBytes);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0 ||
        found == nullptr) {
        return std::nullopt;
    }
    int count = 0;
    ::getgrouplist(name.c_str(), entry.pw_gid, nullptr, &count);  // this only counts
    Account account{.user = entry.pw_uid, .groups = {}};
    account.groups.resize(static_cast<std::size_t>(std::max(count, 0)));
    ::getgrouplist(name.c_str(), entry.pw_gid, account.groups.data(), &count);
    return account;
}

/// The kernel looks at the first class that fits, and at no other.
mode_t rights_of(const Account& account, const struct stat& status) {
    if (account.user == status.st_uid) {
        return (status.st_mode >> 6U) & 07U;
    }
    if (std::ranges::find(account.groups, status.st_gid) != account.groups.end()) {
        return (status.st_mode >> 3U) & 07U;
    }
    return status.st_mode & 07U;
}

struct Need {
    mode_t bits;
    std::string_view verb;
};

Need need_of(FileUse use) {
    switch (use) {
        case FileUse::read:
            return {.bits = 04U, .verb = "read"};
        case FileUse::read_and_write:
            return {.bits = 06U, .verb = "write"};
        case FileUse::look_into:
            break;
    }
    return {.bits = 05U, .verb = "look into"};
}

}  // namespace

std::optional<std::string> account_of_pools(const settings::Settings& settings) {
    const std::string name = "innergate";
    const bool has_units = std::ranges::any_of(settings.pools, [](const auto& pool) {
        return pool.second.listen.empty();
    });
    return has_units && find_account(name) ? std::optional{name} : std::nullopt;
}

std::optional<uid_t> id_of_account(const std::string& name) {
    const auto account = find_account(name);
    return account ? std::optional{account->user} : std::nullopt;
}

std::string name_of_account(uid_t id) {
    std::vector<char> buffer(kBufferBytes);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
        return std::to_string(id);
    }
    return entry.pw_name;
}

std::optional<std::string> why_account_may_not(
    const std::string& path, FileUse use, const std::string& account
) {
    const auto found = find_account(account);
    struct stat status {};
    if (!found || found->user == 0 || ::stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    const Need need = need_of(use);
    if ((rights_of(*found, status) & need.bits) == need.bits) {
        return std::nullopt;
    }
    return fmt::format("the account {} may not {} {}", account, need.verb, path);
}

bool is_handed_over(const std::string& path) {
    // As in systemd/innergate@.service and innergate@internal.service.d.
    constexpr std::array<std::string_view, 7> kCredentials{
        "/etc/innergate/shell_secret",
        "/etc/innergate/shell_secret_previous",
        "/etc/innergate/kas_secret",
        "/etc/innergate/kas_secret_previous",
        "/etc/innergate/db_key_base",
        "/etc/innergate/gitaly_token",
        "/etc/innergate/database_url"};
    return std::ranges::find(kCredentials, path) != kCredentials.end();
}

bool belongs_to_stranger(const std::string& path, const std::string& account) {
    const auto found = find_account(account);
    struct stat status {};
    return found && ::stat(path.c_str(), &status) == 0 && status.st_uid != 0 &&
           status.st_uid != ::geteuid() && status.st_uid != found->user;
}

}  // namespace innergate::admin::doctor
