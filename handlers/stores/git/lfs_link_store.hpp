// Which LFS objects belong to which project.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class LfsLinkStore {
public:
    explicit LfsLinkStore(db::Session& session) : session_(session) {}

    /// Those of `oids` (SHA-256 in hexadecimal) that are not linked to the project, each once and
    /// in order, in one statement however many there are.
    [[nodiscard]] std::vector<std::string> list_unlinked(
        ProjectId project_id, std::span<const std::string> oids
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
