#include "app/admin/doctor/storage_check.hpp"

#include <cerrno>
#include <dirent.h>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "app/admin/doctor/service_account.hpp"
#include "app/settings/keys.hpp"
#include "app/settings/secret_file.hpp"

namespace innergate::admin::doctor {
namespace {

using settings::Inspector;
using settings::Storage;

/// Nothing: its entries can be listed.
std::optional<std::string> why_not_a_folder(const std::string& path) {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder{::opendir(path.c_str()), ::closedir};
    return folder ? std::nullopt : std::optional{std::generic_category().message(errno)};
}

Finding check_folder(
    const std::string& name, const std::string& path, const std::optional<std::string>& account
) {
    if (const auto reason = why_not_a_folder(path)) {
        return failed(
            fmt::format("{}: {}: {}", name, path, *reason),
            "correct its path, or set its inspector to none: until then what needs it is refused"
        );
    }
    if (account) {
        if (const auto reason = why_account_may_not(path, FileUse::look_into, *account)) {
            return failed(
                fmt::format("{}: {}", name, *reason),
                fmt::format(
                    "setfacl -R -m u:{0}:rX {1}; setfacl -R -d -m u:{0}:rX {1}", *account, path
                )
            );
        }
    }
    return good(fmt::format("{}: repositories in {} are looked into", name, path));
}

Finding check_inspector(
    const std::string& name, const Storage& storage, const std::optional<std::string>& account
) {
    if (storage.chosen_inspector() == Inspector::local) {
        return check_folder(name, storage.path, account);
    }
    if (storage.inspector) {
        return good(fmt::format("{}: has no inspector, as it is set", name));
    }
    return warning(
        fmt::format(
            "{}: nobody looks into its repositories, so that checks which need it refuse pushes",
            name
        ),
        "set its path, where this host has the repositories; or set its inspector to none"
    );
}

/// Nothing: there is no token, or it can be read.
std::optional<Finding> check_token(
    const std::string& name, const Storage& storage, const std::optional<std::string>& account
) {
    if (storage.gitaly_token_file.empty()) {
        return std::nullopt;
    }
    if (const auto token = settings::read_secret_file(storage.gitaly_token_file); !token) {
        return failed(
            fmt::format("{}: {}", name, token.error()), "write Gitaly's token there (auth.token)"
        );
    }
    if (account) {
        if (const auto reason =
                why_account_may_not(storage.gitaly_token_file, FileUse::read, *account)) {
            return failed(
                fmt::format("{}: {}", name, *reason),
                fmt::format("chown {} {}", *account, storage.gitaly_token_file)
            );
        }
    }
    return std::nullopt;
}

}  // namespace

Findings check_storages(const settings::Settings& settings) {
    Findings findings;
    const auto account = account_of_pools(settings);
    for (const auto& [name, storage] : settings.storages) {
        const std::string shown = "storage " + name;
        findings.push_back(check_inspector(shown, storage, account));
        if (auto finding = check_token(shown, storage, account)) {
            findings.push_back(std::move(*finding));
        }
    }
    for (const std::string& check : settings::open_checks(settings)) {
        findings.push_back(warning(
            fmt::format("check {} is OPEN: pushes that it cannot judge are let through", check),
            fmt::format("set checks.{} to closed as soon as each storage has an inspector", check)
        ));
    }
    return findings;
}

}  // namespace innergate::admin::doctor
