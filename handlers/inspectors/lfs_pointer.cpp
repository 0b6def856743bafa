#include "handlers/inspectors/lfs_pointer.hpp"

#include <algorithm>
#include <string>

#include "app/ascii.hpp"
#include "app/decimal.hpp"

namespace innergate::handlers::inspectors {
namespace {

using domain::git_access::LfsPointer;

/// Takes the first line off `rest`. Git LFS reads pointers with DOS line ends too.
std::string_view next_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

bool is_sha256(std::string_view text) {
    constexpr std::size_t kDigits = 64;
    return text.size() == kDigits && std::ranges::all_of(text, [](char digit) {
               return ascii::is_digit(digit) || (digit >= 'a' && digit <= 'f');
           });
}

}  // namespace

std::optional<LfsPointer> parse_lfs_pointer(std::string_view blob) {
    constexpr std::string_view kVersion = "version https://git-lfs.github.com/spec/v1";
    constexpr std::string_view kOid = "oid sha256:";
    constexpr std::string_view kSize = "size ";
    if (blob.size() > kMaxLfsPointerBytes || next_line(blob) != kVersion) {
        return std::nullopt;
    }
    LfsPointer pointer;
    std::optional<std::uint64_t> size;
    while (!blob.empty()) {
        const std::string_view line = next_line(blob);
        if (line.starts_with(kOid) && is_sha256(line.substr(kOid.size()))) {
            pointer.oid = line.substr(kOid.size());
        } else if (line.starts_with(kSize)) {
            size = parse_decimal<std::uint64_t>(line.substr(kSize.size()));
        }
    }
    if (pointer.oid.empty() || !size) {
        return std::nullopt;
    }
    pointer.size = *size;
    return pointer;
}

}  // namespace innergate::handlers::inspectors
