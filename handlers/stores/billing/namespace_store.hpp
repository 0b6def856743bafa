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
    /// The caller's highest accepted access level in it or an ancestor group; of a personal
    /// namespace its owner alone is an owner (50); 0: a stranger.
    int access_level = 0;

    /// Groups without a parent, and personal namespaces: what can be sold something.
    [[nodiscard]] bool is_root() const { return !parent_id; }
};

class NamespaceStore {
public:
    explicit NamespaceStore(db::Session& session) : session_(session) {}

    /// By id when `id_or_full_path` is all digits (a sign allowed), else by full path,
    /// case-insensitive. `caller`: whose access level is wanted. Project namespaces are never
    /// found.
    [[nodiscard]] std::optional<Namespace> find(
        std::string_view id_or_full_path, UserId caller, Date today
    );

    /// As above, for callers who may do anything: `access_level` stays 0.
    [[nodiscard]] std::optional<Namespace> find(std::string_view id_or_full_path);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
