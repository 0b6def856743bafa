// Object ids as text and as keys of tables.
#pragma once

#include <cstddef>
#include <git2.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace innergate::handlers::inspectors::git {

/// Throws a Failure unless it is a whole SHA-1 in hexadecimal.
[[nodiscard]] git_oid parse_id(std::string_view text);
[[nodiscard]] std::string to_string(const git_oid& id);

struct IdHash {
    [[nodiscard]] std::size_t operator()(const git_oid& id) const;
};
struct IdEqual {
    [[nodiscard]] bool operator()(const git_oid& a, const git_oid& b) const {
        return git_oid_equal(&a, &b) != 0;
    }
};

using IdSet = std::unordered_set<git_oid, IdHash, IdEqual>;
template <class T>
using IdMap = std::unordered_map<git_oid, T, IdHash, IdEqual>;

}  // namespace innergate::handlers::inspectors::git
