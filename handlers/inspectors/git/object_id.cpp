#include "handlers/inspectors/git/object_id.hpp"

#include <cstring>

#include <fmt/format.h>

#include "handlers/inspectors/git/failure.hpp"

namespace innergate::handlers::inspectors::git {

git_oid parse_id(std::string_view text) {
    constexpr std::size_t kSha256Digits = 64;
    git_oid id{};
    if (text.size() == kSha256Digits) {
        throw Failure{
            Failure::Kind::failed,
            fmt::format("'{}' is a SHA-256 object id, and the repository's are SHA-1", text)};
    }
    if (text.size() != GIT_OID_HEXSZ || git_oid_fromstrn(&id, text.data(), text.size()) != 0) {
        throw Failure{Failure::Kind::failed, fmt::format("'{}' is no SHA-1 object id", text)};
    }
    return id;
}

std::string to_string(const git_oid& id) {
    std::string text(GIT_OID_HEXSZ, '\0');
    git_oid_fmt(text.data(), &id);
    return text;
}

std::size_t IdHash::operator()(const git_oid& id) const {
    std::size_t hash = 0;
    std::memcpy(&hash, &id.id[0], sizeof hash);  // ids are digests already
    return hash;
}

}  // namespace innergate::handlers::inspectors::git
