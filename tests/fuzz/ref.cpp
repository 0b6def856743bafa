// Names of refs and patterns for them: bytes before the first newline are the pattern.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <git2.h>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/domain/git_access/ref_name.hpp"
#include "handlers/domain/wildcard.hpp"

using namespace innergate::handlers::domain;

namespace {

/// What no name may break: what Git takes for a ref, we may refuse, but not the other way round.
bool is_valid_for_git(std::string_view name) {
    int is_valid = 0;
    return name.find('\0') == std::string_view::npos &&
           git_reference_name_is_valid(&is_valid, ("refs/heads/" + std::string{name}).c_str()) ==
               0 &&
           is_valid == 1;
}

/// As slow as it is plain: a table of which end of the pattern matches which end of the text.
bool matches_plainly(std::string_view pattern, std::string_view text) {
    std::vector<bool> matches(text.size() + 1);
    matches[text.size()] = true;
    for (std::size_t at = pattern.size(); at-- > 0;) {
        if (pattern[at] == '*') {
            for (std::size_t begin = text.size(); begin-- > 0;) {
                matches[begin] = matches[begin] || matches[begin + 1];
            }
            continue;
        }
        for (std::size_t begin = 0; begin < text.size(); ++begin) {
            matches[begin] = text[begin] == pattern[at] && matches[begin + 1];
        }
        matches[text.size()] = false;
    }
    return matches[0];
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
    return git_libgit2_init() > 0 ? 0 : 1;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    if (git_access::is_valid_ref_name(input) && !is_valid_for_git(input)) {
        std::abort();
    }
    static_cast<void>(git_access::is_utf8(input));
    static_cast<void>(git_access::is_sha_like_branch_name(input));
    static_cast<void>(git_access::is_sha_like_tag_name(input));
    constexpr std::size_t kPatternBytes = 64;
    const std::size_t line = input.find('\n');
    if (line <= kPatternBytes && line < size) {
        const std::string_view pattern = input.substr(0, line);
        const std::string_view text = input.substr(line + 1);
        if (matches_wildcard(pattern, text) != matches_plainly(pattern, text)) {
            std::abort();
        }
    }
    return 0;
}
