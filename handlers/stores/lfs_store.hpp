// Whether a project takes Git LFS, and where it is.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/ids.hpp"

namespace innergate::db {
class Session;
struct Query;
}  // namespace innergate::db

namespace innergate::handlers {

struct LfsProject {
    std::string full_path;
    /// By the instance and by the project; a project that says nothing follows its namespace.
    bool is_lfs_enabled = false;
};

class LfsStore {
public:
    explicit LfsStore(db::Session& session) : session_(session) {}

    /// Every statement this store sends.
    [[nodiscard]] static std::span<const db::Query> queries();

    /// Case-insensitive; by its path, else by one it had before.
    [[nodiscard]] std::optional<LfsProject> find_project(const std::string& full_path);
    [[nodiscard]] std::optional<LfsProject> find_project(ProjectId id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
