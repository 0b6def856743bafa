// Columns that a row may leave out because they follow from what it gives, and secrets given plain.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "admin/entities/column_value.hpp"
#include <tl/expected.hpp>

#include "app/auth/secret.hpp"

namespace innergate::admin {

/// Reads the salt of token digests when first needed. Error: a sentence for the operator.
using KeyBase = std::function<tl::expected<auth::Secret, std::string>()>;

/// `token`, `password` and others: members of a row that no column keeps.
struct PlainSecrets {
    std::optional<Cell> token;
    std::optional<Cell> error_tracking_access_token;
    std::optional<Cell> password;
    std::optional<Cell> otp_backup_codes;

    /// Takes the cell when it is a plain secret for this table; else answers false.
    [[nodiscard]] bool take(const Table& table, const Cell& cell);
};

/// Derives what does not depend on a row that may be there already: digests of tokens, and what the
/// rules of the table derive (TableRules::derive).
[[nodiscard]] Derived derive_digests(
    const Table& table, RowValues& values, const PlainSecrets& secrets, const KeyBase& key_base
);

/// The stored value of a column of the row that is updated; nothing for a new row.
using StoredText = std::function<std::optional<std::string>(const std::string& column)>;

/// Hashes with a fresh salt, unless the stored hash is of that very secret, so that importing twice
/// changes nothing.
[[nodiscard]] Derived derive_hashes(
    RowValues& values, const PlainSecrets& secrets, const StoredText& stored
);

/// What a new row has when nothing else is said (TableRules::imply).
void derive_names(const Table& table, RowValues& values);

}  // namespace innergate::admin
