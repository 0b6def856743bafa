#include "handlers/domain/git_access/ref_name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <utf8.h>

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::size_t kSha1Digits = 40;
constexpr std::size_t kSha256Digits = 64;

std::size_t leading_hex_digits(std::string_view name) {
    return std::min(name.find_first_not_of("0123456789abcdefABCDEF"), name.size());
}

bool is_forbidden(char character) {
    constexpr std::string_view kForbidden = " ~^:?*[\\";
    constexpr unsigned char kDelete = 0x7F;
    const auto byte = static_cast<unsigned char>(character);
    return byte < ' ' || byte == kDelete || kForbidden.find(character) != std::string_view::npos;
}

bool has_forbidden_sequence(std::string_view name) {
    constexpr std::array<std::string_view, 5> kSequences{"..", "//", "@{", "/.", ".lock/"};
    return std::ranges::any_of(kSequences, [name](std::string_view sequence) {
        return name.find(sequence) != std::string_view::npos;
    });
}

bool has_forbidden_start(std::string_view name) {
    constexpr std::array<std::string_view, 5> kStarts{
        "-", ".", "/", "refs/heads/", "refs/remotes/"};
    return std::ranges::any_of(kStarts, [name](std::string_view start) {
        return name.starts_with(start);
    });
}

}  // namespace

bool is_valid_ref_name(std::string_view name) {
    if (name.empty() || name == "HEAD" || has_forbidden_start(name)) {
        return false;
    }
    if (name.ends_with('/') || name.ends_with('.') || name.ends_with(".lock")) {
        return false;
    }
    return std::ranges::none_of(name, is_forbidden) && !has_forbidden_sequence(name);
}

bool is_sha_like_branch_name(std::string_view name) {
    const std::size_t digits = leading_hex_digits(name);
    if (digits != kSha1Digits && digits != kSha256Digits) {
        return false;
    }
    const std::string_view rest = name.substr(digits);
    return rest.empty() || rest.starts_with('/') || rest.starts_with("-/");
}

bool is_sha_like_tag_name(std::string_view name) {
    return leading_hex_digits(name) >= kSha1Digits;
}

bool is_utf8(std::string_view name) {
    return utf8::is_valid(name.begin(), name.end());
}

}  // namespace innergate::handlers::domain::git_access
