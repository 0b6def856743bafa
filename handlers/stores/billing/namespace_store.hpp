// Groups and personal namespaces, and what a user is to them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

enum class NamespaceKind { group, user };

struct Namespace {
    NamespaceId id;
    NamespaceKind kind = NamespaceKind::group;
    std::string name;
    std::optional<long long> parent_id;
    /// The caller's highest accepted access level in the namespace or an ancestor group. In a
    /// personal namespace only its owner counts as an owner (50). 0: a stranger.
    int access_level = 0;

    /// Only groups without a parent and personal namespaces can buy something.
    [[nodiscard]] bool is_root() const { return !parent_id; }
};

class NamespaceStore {
public:
    explicit NamespaceStore(db::Session& session) : session_(session) {}

    /// By id when `id_or_full_path` is all digits (a sign allowed), else by full path,
    /// case-insensitive. The access level is that of `caller`. Project namespaces are never found.
    [[nodiscard]] std::optional<Namespace> find(
        std::string_view id_or_full_path, UserId caller, Date today
    );

    /// As above, for callers who may do anything: `access_level` stays 0.
    [[nodiscard]] std::optional<Namespace> find(std::string_view id_or_full_path);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
