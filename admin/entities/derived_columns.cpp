#include "admin/entities/derived_columns.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "admin/entities/entities.hpp"

#include "app/auth/password_hash.hpp"
#include "app/auth/salted_digest.hpp"
#include "app/json/reader.hpp"
#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

constexpr std::string_view kToken = "token";
constexpr std::string_view kTokenDigest = "token_digest";
constexpr std::string_view kErrorTrackingToken = "error_tracking_access_token";
constexpr std::string_view kErrorTrackingTokenDigest = "error_tracking_access_token_digest";
constexpr std::string_view kPassword = "password";
constexpr std::string_view kEncryptedPassword = "encrypted_password";
constexpr std::string_view kBackupCodes = "otp_backup_codes";
constexpr std::string_view kBackupCodeHashes = "otp_backup_code_hashes";

tl::unexpected<ColumnFault> refused(std::string_view column, std::string reason) {
    return tl::unexpected(ColumnFault{std::string{column}, std::move(reason)});
}

/// A secret is given plain or as its digest, and is a string that is not empty.
Derived check_secret(
    const RowValues& values,
    const Cell& cell,
    Cell::Type wanted,
    std::string_view stored_as,
    const char* shape
) {
    if (values.find(stored_as) != nullptr) {
        return refused(cell.column, "is given beside " + std::string{stored_as});
    }
    if (cell.type != wanted || cell.text.empty()) {
        return refused(cell.column, shape);
    }
    return {};
}

Derived derive_token_digest(
    RowValues& values, const Cell& token, std::string_view stored_as, const KeyBase& key_base
) {
    if (auto done =
            check_secret(values, token, Cell::Type::text, stored_as, "must be a string, not empty");
        !done) {
        return done;
    }
    const auto salt = key_base();
    if (!salt) {
        return refused(token.column, salt.error());
    }
    if (!salt->is_set()) {
        return refused(token.column, "needs the database key base, which is not set");
    }
    values.set(stored_as, auth::salted_digest(token.text, *salt));
    return {};
}

Derived derive_password(RowValues& values, const Cell& password, const StoredText& stored) {
    if (auto done = check_secret(
            values, password, Cell::Type::text, kEncryptedPassword, "must be a string, not empty"
        );
        !done) {
        return done;
    }
    const auto hash = stored(std::string{kEncryptedPassword});
    if (!hash || !auth::matches_hash(password.text, *hash)) {
        values.set(kEncryptedPassword, auth::password_hash(password.text, auth::kPasswordCost));
    }
    return {};
}

/// Answers nothing if it is no JSON array of strings.
std::optional<std::vector<std::string>> strings_of(std::string_view json) {
    const auto document = json::parse(json);
    if (!document || document->array() == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> strings;
    for (const json::Value& element : *document->array()) {
        if (element.string() == nullptr || element.string()->empty()) {
            return std::nullopt;
        }
        strings.push_back(*element.string());
    }
    return strings;
}

bool are_hashes_of(const std::vector<std::string>& codes, const std::vector<std::string>& hashes) {
    return std::ranges::equal(codes, hashes, [](const std::string& code, const std::string& hash) {
        return auth::matches_hash(code, hash);
    });
}

Derived derive_backup_codes(RowValues& values, const Cell& cell, const StoredText& stored) {
    constexpr const char* kShape = "must be an array of strings, none of them empty";
    if (auto done = check_secret(values, cell, Cell::Type::json, kBackupCodeHashes, kShape);
        !done) {
        return done;
    }
    const auto codes = strings_of(cell.text);
    if (!codes) {
        return refused(kBackupCodes, kShape);
    }
    const auto stored_hashes = strings_of(stored(std::string{kBackupCodeHashes}).value_or("[]"));
    if (stored_hashes && are_hashes_of(*codes, *stored_hashes)) {
        return {};
    }
    std::string hashes;
    json::Writer writer{hashes};
    writer.begin_array();
    for (const std::string& code : *codes) {
        writer.value(auth::password_hash(code, auth::kBackupCodeCost));
    }
    writer.end_array();
    values.set(kBackupCodeHashes, std::move(hashes));
    return {};
}

}  // namespace

bool PlainSecrets::take(const Table& table, const Cell& cell) {
    const auto take_for =
        [&](std::string_view name, std::string_view stored_as, std::optional<Cell>& place) {
            const bool is_ours = cell.column == name && table.find_column(name) == nullptr &&
                                 table.find_column(stored_as) != nullptr;
            if (is_ours) {
                place = cell;
            }
            return is_ours;
        };
    return take_for(kToken, kTokenDigest, token) ||
           take_for(kErrorTrackingToken, kErrorTrackingTokenDigest, error_tracking_access_token) ||
           take_for(kPassword, kEncryptedPassword, password) ||
           take_for(kBackupCodes, kBackupCodeHashes, otp_backup_codes);
}

Derived derive_digests(
    const Table& table, RowValues& values, const PlainSecrets& secrets, const KeyBase& key_base
) {
    if (secrets.token) {
        if (auto done = derive_token_digest(values, *secrets.token, kTokenDigest, key_base);
            !done) {
            return done;
        }
    }
    if (secrets.error_tracking_access_token) {
        if (auto done = derive_token_digest(
                values, *secrets.error_tracking_access_token, kErrorTrackingTokenDigest, key_base
            );
            !done) {
            return done;
        }
    }
    const TableRules& rules = rules_of_table(table.name);
    return rules.derive == nullptr ? Derived{} : rules.derive(values);
}

Derived derive_hashes(RowValues& values, const PlainSecrets& secrets, const StoredText& stored) {
    if (secrets.password) {
        if (auto done = derive_password(values, *secrets.password, stored); !done) {
            return done;
        }
    }
    if (secrets.otp_backup_codes) {
        return derive_backup_codes(values, *secrets.otp_backup_codes, stored);
    }
    return {};
}

void derive_names(const Table& table, RowValues& values) {
    if (const TableRules& rules = rules_of_table(table.name); rules.imply != nullptr) {
        rules.imply(values);
    }
}

}  // namespace innergate::admin
