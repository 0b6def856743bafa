#include "admin/doctor/storage_check.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <unistd.h>

#include "admin/doctor/gitaly_check.hpp"
#include "admin/doctor/service_account.hpp"
#include <fmt/format.h>

#include "app/auth/gitaly_tokens.hpp"
#include "app/settings/keys.hpp"
#include "app/settings/secret_file.hpp"
#include "app/settings/settings.hpp"
#include "app/settings/storage_inspector.hpp"

namespace innergate::admin::doctor {
namespace {

using settings::Inspector;
using settings::Storage;

/// Answers nothing if the folder's entries can be listed.
std::optional<std::string> why_not_a_folder(const std::string& path) {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder{::opendir(path.c_str()), ::closedir};
    return folder ? std::nullopt : std::optional{std::generic_category().message(errno)};
}

/// Only the account that owns local repositories can look into them. git makes the quarantine of
/// each push with rights for its own account alone, whatever the folders above it allow.
Finding check_folder(
    const std::string& name, const std::string& path, const std::optional<std::string>& account
) {
    if (const auto reason = why_not_a_folder(path)) {
        return failed(
            fmt::format("{}: {}: {}", name, path, *reason),
            "correct its path, or set its inspector to none: until then what needs it is refused"
        );
    }
    const auto service = account ? id_of_account(*account) : std::nullopt;
    const auto owner = settings::owner_of_folder(path);
    if (service && owner && *owner != *service) {
        return failed(
            fmt::format(
                "{}: {} belongs to {}, the pools run under {}: every push with new objects is "
                "refused, because git keeps these from other accounts until the push is accepted",
                name,
                path,
                name_of_account(*owner),
                *account
            ),
            "set its inspector to gitaly and its gitaly_address, or run the pools under the "
            "account "
            "that owns the repositories"
        );
    }
    return good(fmt::format("{}: repositories in {} are looked into", name, path));
}

Finding nobody_looks(const std::string& name, const Storage& storage) {
    if (storage.inspector) {
        return good(fmt::format("{}: has no inspector, as it is set", name));
    }
    return warning(
        fmt::format(
            "{}: nobody looks into its repositories, so that checks which need it refuse pushes",
            name
        ),
        "set its gitaly_address, and pushes are looked into through Gitaly; or set its inspector "
        "to none"
    );
}

/// Checks the inspector that the pools' account will choose.
Findings check_inspector(
    const std::string& name,
    const std::string& shown,
    const Storage& storage,
    const std::optional<std::string>& account,
    handlers::inspectors::Inspectors& inspectors
) {
    const auto service = account ? id_of_account(*account) : std::nullopt;
    switch (settings::choose_inspector(storage, service.value_or(::geteuid()))) {
        case Inspector::local:
            return {check_folder(shown, storage.path, account)};
        case Inspector::gitaly:
            return check_gitaly(shown, name, storage, inspectors);
        case Inspector::none:
            break;
    }
    return {nobody_looks(shown, storage)};
}

/// Answers nothing if there is no token, or if it can be read.
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
    if (account && !is_handed_over(storage.gitaly_token_file)) {
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
    // A token that cannot be read is a finding of its own.
    const auto tokens = auth::read_gitaly_tokens(settings.storages).value_or(auth::GitalyTokens{});
    handlers::inspectors::Inspectors inspectors{settings.storages, tokens};
    for (const auto& [name, storage] : settings.storages) {
        const std::string shown = "storage " + name;
        std::ranges::move(
            check_inspector(name, shown, storage, account, inspectors), std::back_inserter(findings)
        );
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
