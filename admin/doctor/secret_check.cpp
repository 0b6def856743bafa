#include "admin/doctor/secret_check.hpp"

#include <optional>
#include <sys/stat.h>
#include <utility>

#include "admin/commands/secret_kind.hpp"
#include "admin/doctor/service_account.hpp"
#include <fmt/format.h>

#include "app/settings/settings.hpp"

namespace innergate::admin::doctor {
namespace {

/// A shorter secret can be guessed, and gives the digests of tokens less salt than is used.
constexpr std::size_t kFewestBytes = 32;

bool exists(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

std::string how_to_make(SecretKind kind) {
    return fmt::format("run innergate-admin secret create {}", to_string(kind));
}

/// Answers nothing if the owner and mode suit the pools.
std::optional<Finding> check_rights(
    const std::string& name, const std::string& path, const std::string& account
) {
    const auto reason = why_account_may_not(path, FileUse::read, account);
    if (reason && !is_handed_over(path)) {
        return failed(
            fmt::format("{}: {}", name, *reason),
            fmt::format("chown {0} {1} (or chgrp {0} and chmod 0640)", account, path)
        );
    }
    if (belongs_to_stranger(path, account)) {
        return warning(
            fmt::format("{}: {} belongs to neither {} nor root", name, path, account),
            fmt::format("chown {} {}", account, path)
        );
    }
    return std::nullopt;
}

Finding check_secret(SecretKind kind, const settings::Settings& settings) {
    const std::string name = fmt::format("secret {}", to_string(kind));
    const std::string& path = path_of(kind, settings.secrets);
    if (path.empty()) {
        return good(name + ": not configured, its routes refuse everyone");
    }
    const auto key = read_signing_key(kind, settings.secrets);
    if (!key) {
        return failed(
            fmt::format("{}: {}", name, key.error()),
            exists(path) ? "correct the file, or let secret create make a new one in its place"
                         : how_to_make(kind)
        );
    }
    if (const auto account = account_of_pools(settings)) {
        if (auto finding = check_rights(name, path, *account)) {
            return std::move(*finding);
        }
    }
    if (key->reveal().size() < kFewestBytes) {
        return warning(
            fmt::format("{}: shorter than {} bytes", name, kFewestBytes),
            "remove the file, " + how_to_make(kind) + ", and give the clients the new one"
        );
    }
    return good(fmt::format("{}: {}", name, path));
}

}  // namespace

Findings check_secrets(const settings::Settings& settings) {
    Findings findings;
    for (const SecretKind kind : kSecretKinds) {
        findings.push_back(check_secret(kind, settings));
    }
    return findings;
}

}  // namespace innergate::admin::doctor
