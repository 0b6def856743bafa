// The tokens that clients have to show to Gitaly, by the name of the storage.
#pragma once

#include <map>
#include <string>

#include <tl/expected.hpp>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/settings/storages.hpp"

namespace innergate::auth {

/// A storage that is missing here wants no token.
using GitalyTokens = std::map<std::string, Secret>;

/// Reads the token files of all storages that have one.
/// Errors: sentences for the operator, one per line.
[[nodiscard]] tl::expected<GitalyTokens, std::string> read_gitaly_tokens(
    const settings::Storages& storages
);

/// The credential to send behind `Bearer `, which proves for half a minute that we have the token:
/// a version, the HMAC-SHA-256 of the time, and the time, as Gitaly's servers check them. Their
/// clock has to be within 30 s of ours.
[[nodiscard]] std::string gitaly_credential(const Secret& token, Timestamp now);

}  // namespace innergate::auth
