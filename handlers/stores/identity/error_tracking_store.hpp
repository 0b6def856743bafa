// Integrated error tracking: who asks about it, and whose errors are accepted.
#pragma once

#include <optional>
#include <string>

#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// What decides whether errors of a project are accepted.
struct ErrorTrackingState {
    bool is_on = false;              ///< for the instance
    bool is_on_for_project = false;  ///< the flag `gitlab_error_tracking`: the project's, else the
                                     ///< instance's, else on
    bool has_active_key = false;     ///< that very key, in that project
};

class ErrorTrackingStore {
public:
    explicit ErrorTrackingStore(db::Session& session) : session_(session) {}

    /// Of the token that the error tracking service shows. Empty: there is none.
    [[nodiscard]] std::string access_token_digest();

    /// Nothing: there is no such project.
    [[nodiscard]] std::optional<ErrorTrackingState> find(
        ProjectId project_id, const std::string& public_key
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
