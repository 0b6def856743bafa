// What the tests of the storage limit's exclusions share.
#pragma once

#include <string>

#include "tests/contract/administrator.hpp"

namespace innergate::test::storage {

inline constexpr const char* kExclusions = "/api/v4/namespaces/storage/limit_exclusions";
inline constexpr const char* kReason = R"({"reason":"a reason to exclude the Namespace"})";
inline constexpr const char* kForbidden = R"({"message":"403 Forbidden"})";
inline constexpr const char* kNotSold =
    R"({"message":"403 Forbidden - this API is for GitLab.com only"})";
inline constexpr const char* kNoNamespace = R"({"message":"404 Namespace Not Found"})";
inline constexpr const char* kNoRoot =
    R"({"message":"400 Bad request - must use a root namespace"})";
inline constexpr const char* kAlreadyExcluded =
    R"({"message":"400 Bad request - already excluded"})";
inline constexpr const char* kNotExcluded = R"({"message":"400 Bad request - not excluded"})";

[[nodiscard]] inline std::string exclusion_of(const std::string& id) {
    return "/api/v4/namespaces/" + id + "/storage/limit_exclusion";
}

struct Exclusions : Administrator {
    explicit Exclusions(db::Dialect dialect)
        : Administrator(settings::PoolName::public_, dialect) {}

    [[nodiscard]] http::Response create(
        const std::string& id,
        const std::string& body = kReason,
        const std::string& content_type = "application/json"
    ) {
        return send(http::Method::post, exclusion_of(id), body, content_type);
    }
    [[nodiscard]] http::Response remove(const std::string& id) {
        return send(http::Method::delete_, exclusion_of(id));
    }
    [[nodiscard]] http::Response list(const std::string& query = {}) {
        return send(http::Method::get, kExclusions + query);
    }
    /// A group within another.
    void add_subgroup(long long id, long long parent_id) {
        const std::string text = std::to_string(id);
        sql("insert into namespaces (id, type, name, path, parent_id) values (" + text +
            ", 'Group', 'Sub', 'sub" + text + "', " + std::to_string(parent_id) + ")");
    }
    void no_longer_an_administrator() { sql("update users set admin = false where id = 1"); }
};

}  // namespace innergate::test::storage
