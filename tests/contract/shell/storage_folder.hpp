// A storage for repositories on this host.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::test {

/// A folder that goes with the test.
class StorageFolder {
public:
    StorageFolder() : path_(std::filesystem::temp_directory_path() / "innergate-storage-XXXXXX") {
        std::string pattern = path_.string();
        BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    StorageFolder(const StorageFolder&) = delete;
    StorageFolder& operator=(const StorageFolder&) = delete;
    ~StorageFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace innergate::test
