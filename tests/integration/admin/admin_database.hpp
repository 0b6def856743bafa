// A migrated database as the operator's tool sees it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/import/table_import.hpp"

#include "app/auth/secret.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {

class AdminDatabase {
public:
    explicit AdminDatabase(db::Dialect dialect) : database_(dialect), admin_(database_.options()) {}

    [[nodiscard]] admin::Database& operator*() { return admin_; }
    [[nodiscard]] admin::Database* operator->() { return &admin_; }

    /// The salt of token digests in every import here.
    [[nodiscard]] static auth::Secret key_base();

    [[nodiscard]] db::Options options() const { return database_.options(); }
    /// For files of the test's own; gone with the database.
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    /// Imports under the name "file". The refusal, or nothing.
    [[nodiscard]] std::string refusal(std::string_view document);
    /// Fails the test when refused.
    std::vector<admin::TableCount> import(std::string_view document);
    [[nodiscard]] std::string exported(const std::vector<std::string>& tables = {});

    /// The only column of a query's rows, joined by spaces; NULL is "null".
    [[nodiscard]] std::string look(const std::string& sql);

private:
    /// Removed with all that is in it.
    class Folder {
    public:
        Folder();
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        ~Folder();
        [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    private:
        std::filesystem::path path_;
    };

    Folder folder_;
    TestDatabase database_;
    admin::Database admin_;
};

[[nodiscard]] std::string demo_document();

}  // namespace innergate::test
