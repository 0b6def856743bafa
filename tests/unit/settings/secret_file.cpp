#include "app/settings/secret_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

namespace innergate::settings {
namespace {

struct SecretFile {
    std::string path = (std::filesystem::temp_directory_path() /
                        ("innergate-secret-" + std::to_string(::getpid())))
                           .string();

    SecretFile() = default;
    SecretFile(const SecretFile&) = delete;
    SecretFile& operator=(const SecretFile&) = delete;
    ~SecretFile() { std::filesystem::remove_all(path); }

    void write(const std::string& text, mode_t mode) const {
        std::filesystem::remove_all(path);
        std::ofstream{path} << text;
        BOOST_REQUIRE(::chmod(path.c_str(), mode) == 0);
    }

    [[nodiscard]] std::string reason() const {
        const auto secret = read_secret_file(path);
        return secret ? "accepted" : secret.error();
    }
};

/// The same, with a folder of credentials.
struct HandedOverFile : SecretFile {
    std::filesystem::path folder = path + ".credentials";

    HandedOverFile() {
        std::filesystem::create_directory(folder);
        BOOST_REQUIRE(::setenv("CREDENTIALS_DIRECTORY", folder.c_str(), 1) == 0);
    }
    HandedOverFile(const HandedOverFile&) = delete;
    HandedOverFile& operator=(const HandedOverFile&) = delete;
    ~HandedOverFile() {
        ::unsetenv("CREDENTIALS_DIRECTORY");
        std::filesystem::remove_all(folder);
    }

    void hand_over(const std::string& text) const {
        const auto file = folder / std::filesystem::path{path}.filename();
        std::ofstream{file} << text;
        BOOST_REQUIRE(::chmod(file.c_str(), 0400) == 0);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secret_files, SecretFile)

BOOST_AUTO_TEST_CASE(white_space_at_both_ends_is_not_part_of_it) {
    write("\n a secret \r\n\n", 0600);
    BOOST_TEST(read_secret_file(path).value() == "a secret");
}

BOOST_AUTO_TEST_CASE(owner_and_reading_group_may_see_it_others_may_not) {
    for (const mode_t mode : {0400U, 0600U, 0440U, 0640U}) {
        write("secret", mode);
        BOOST_TEST(reason() == "accepted", mode);
    }
    for (const mode_t mode : {0604U, 0644U, 0602U, 0660U, 0601U, 0777U}) {
        write("secret", mode);
        BOOST_TEST(reason().find("is open to other users") != std::string::npos, mode);
    }
}

BOOST_FIXTURE_TEST_CASE(systemd_hands_over_what_the_account_may_not_read, HandedOverFile) {
    BOOST_TEST(reason().find("does not exist") != std::string::npos);
    hand_over("handed over\n");
    BOOST_TEST(read_secret_file(path).value() == "handed over");
    write("newer", 0600);
    BOOST_TEST(read_secret_file(path).value() == "newer");
    write("newer", 0644);
    BOOST_TEST(reason().find("is open to other users") != std::string::npos);
}

// The units hand over an empty line where there is no such file.
BOOST_FIXTURE_TEST_CASE(blank_text_is_no_secret, HandedOverFile) {
    hand_over("\n");
    BOOST_TEST(reason().find(path + ": does not exist") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(secret_of_kas_is_base64_of_32_bytes) {
    const std::string in_base64 = "dGhlIDMyIGJ5dGVzIG9mIGEgc2VjcmV0IG9mIGthcy4=";
    write(in_base64 + "\n", 0600);
    BOOST_TEST(read_base64_secret_file(path).value() == "the 32 bytes of a secret of kas.");
    for (const std::string& text :
         {std::string{"dGhlIDMx"}, in_base64 + in_base64, in_base64.substr(1), "*" + in_base64}) {
        write(text, 0600);
        const auto secret = read_base64_secret_file(path);
        BOOST_REQUIRE(!secret.has_value());
        BOOST_TEST(secret.error().ends_with("must hold the base64 of 32 bytes"), text);
    }
    write(in_base64, 0644);
    BOOST_TEST(!read_base64_secret_file(path).has_value());
}

BOOST_AUTO_TEST_CASE(missing_empty_huge_and_strange_files_are_refused) {
    BOOST_TEST(reason().find("does not exist") != std::string::npos);
    write(" \n", 0600);
    BOOST_TEST(reason().find("is empty") != std::string::npos);
    write(std::string(70'000, 'x'), 0600);
    BOOST_TEST(reason().find("too large") != std::string::npos);
    std::filesystem::remove(path);
    std::filesystem::create_directory(path);
    BOOST_TEST(reason().find("no regular file") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::settings
