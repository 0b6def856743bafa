// How a project gets its default branch with the first push, and the protection of that branch.
#pragma once

#include <optional>
#include <string>

#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// Where a project's repository is, and what its HEAD has to name.
struct DefaultBranch {
    std::string storage;
    std::string relative_path;  ///< within the storage, with `.git`
    std::string full_path;
    std::optional<std::string> name;  ///< nothing: not known
};

class DefaultBranchStore {
public:
    explicit DefaultBranchStore(db::Session& session) : session_(session) {}

    /// Within the caller's transaction: marks the repository as there and filled, takes `branch` as
    /// the default one and protects it by the defaults of the namespace, or else of the instance.
    /// False: the repository is not empty, or there is no such project; nothing was changed. So
    /// only one of several first pushes settles it.
    bool settle(ProjectId project_id, const std::string& branch);

    /// In one transaction: makes `to` the default branch and protects it as settle() does. False:
    /// the default is not `from` any more, and nothing was changed. What protects `from` stays.
    bool change(ProjectId project_id, const std::string& from, const std::string& to);

    /// Does not find a project that is about to be deleted.
    [[nodiscard]] std::optional<DefaultBranch> find(ProjectId project_id);

private:
    void protect(ProjectId project_id, const std::string& branch);

    db::Session& session_;
};

}  // namespace innergate::handlers
