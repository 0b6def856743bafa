#include "app/auth/gitaly_tokens.hpp"

#include <chrono>

#include <fmt/format.h>

#include "app/encoding/digest.hpp"
#include "app/settings/secret_file.hpp"

namespace innergate::auth {

tl::expected<GitalyTokens, std::string> read_gitaly_tokens(const settings::Storages& storages) {
    GitalyTokens tokens;
    std::string faults;
    for (const auto& [name, storage] : storages) {
        if (storage.gitaly_token_file.empty()) {
            continue;
        }
        if (auto token = settings::read_secret_file(storage.gitaly_token_file)) {
            tokens[name] = Secret{*std::move(token)};
        } else {
            faults += token.error() + "\n";
        }
    }
    if (!faults.empty()) {
        return tl::unexpected(std::move(faults));
    }
    return tokens;
}

std::string gitaly_credential(const Secret& token, Timestamp now) {
    const std::string time =
        fmt::format("{}", std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
    return fmt::format(
        "v2.{}.{}", encoding::hex(encoding::hmac_sha256(token.reveal(), time)), time
    );
}

}  // namespace innergate::auth
