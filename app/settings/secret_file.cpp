#include "app/settings/secret_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "app/blank.hpp"
#include "app/encoding/base64.hpp"
#include "app/settings/load.hpp"

namespace innergate::settings {
namespace {

using std::filesystem::perms;

constexpr std::uintmax_t kMaxBytes = std::uintmax_t{64} * 1024;
constexpr std::size_t kDecodedBytes = 32;

/// The path itself comes first: what stands there may be newer than what was handed over at the
/// start.
std::string place_to_read(const std::string& path) {
    const auto folder = process_environment("CREDENTIALS_DIRECTORY");
    if (!folder || ::access(path.c_str(), R_OK) == 0) {
        return path;
    }
    const auto handed_over =
        std::filesystem::path{*folder} / std::filesystem::path{path}.filename();
    std::ifstream file{handed_over};
    std::string word;
    const bool has_content = static_cast<bool>(file >> word);
    return has_content ? handed_over.string() : path;
}

}  // namespace

tl::expected<std::string, std::string> read_secret_file(const std::string& named) {
    const std::string path = place_to_read(named);
    const auto refused = [&path](std::string_view reason) {
        return tl::unexpected(fmt::format("secret file {}: {}", path, reason));
    };
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) {
        return refused("does not exist");
    }
    if (status.type() != std::filesystem::file_type::regular) {
        return refused("is no regular file, or its folder cannot be read");
    }
    if ((status.permissions() & (perms::others_all | perms::group_write)) != perms::none) {
        return refused("is open to other users; chmod 0600 it (0640 if a group must read it)");
    }
    if (std::filesystem::file_size(path, error) > kMaxBytes) {
        return refused("is too large for a secret");
    }
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (!file.good() && !file.eof()) {
        return refused("cannot be read");
    }
    if (is_blank(text)) {
        return refused(file.is_open() ? "is empty" : "cannot be read");
    }
    return std::string{stripped(text)};
}

tl::expected<std::string, std::string> read_base64_secret_file(const std::string& path) {
    const auto text = read_secret_file(path);
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto bytes = encoding::decode_base64(*text);
    if (!bytes || bytes->size() != kDecodedBytes) {
        return tl::unexpected(
            fmt::format("secret file {}: must hold the base64 of {} bytes", path, kDecodedBytes)
        );
    }
    return std::move(*bytes);
}

}  // namespace innergate::settings
