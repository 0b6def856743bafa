// What is kept around a push: how many are under way, what its repository is, what the pusher is
// told once, and the job that is left for later.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The project a pushed repository belongs to.
struct PushedProject {
    ProjectId id;
    std::string full_path;
    bool prints_merge_request_links = false;
    bool is_merge_requests_enabled = false;
    bool is_repository_empty = false;  ///< until this push
    std::optional<std::string> default_branch;
    std::string storage;
    std::string relative_path;  ///< of its own repository within the storage, with `.git`
};

/// What the hook told after a push.
struct FinishedPush {
    std::string gl_repository;
    std::string identifier;    ///< as the hook named who pushed
    std::string changes;       ///< as the hook sent them
    std::string push_options;  ///< a JSON object
    std::optional<UserId> user_id;
    std::optional<ProjectId> project_id;
    std::string correlation_id;
    /// The user for whom messages may wait. Nothing: user or repository is unknown.
    std::optional<UserId> messages_for;
    /// The project's own repository got its first branches, and this one is to be the default
    /// branch. It counts only while the project still has an empty repository.
    std::optional<std::string> first_default_branch;
};

/// What came of a push.
struct PushOutcome {
    std::vector<std::string> messages;  ///< moved before created
    /// The branch that this push made the default one. The push's job makes HEAD agree.
    std::optional<std::string> new_default_branch;
};

class PushStore {
public:
    explicit PushStore(db::Session& session) : session_(session) {}

    /// Counts a push that begins. The counter is forgotten ten minutes after the last such push.
    void begin(const std::string& gl_repository, Timestamp now);

    /// In one transaction: counts the push as ended, gives a project with its first branches its
    /// default branch and the protection of it, queues the job and takes the messages that wait for
    /// the pusher.
    [[nodiscard]] PushOutcome finish(const FinishedPush& push, Timestamp now);

    /// Does not find a project that is about to be deleted.
    [[nodiscard]] std::optional<PushedProject> find_project(ProjectId id);
    [[nodiscard]] std::optional<ProjectId> find_project_of_design_repository(long long id);

    struct Snippet {
        std::optional<ProjectId> project_id;  ///< nothing for a personal one
    };
    [[nodiscard]] std::optional<Snippet> find_snippet(long long id);

private:
    void count_end(const std::string& gl_repository, Timestamp now);
    void queue_job(
        const FinishedPush& push,
        const std::optional<std::string>& new_default_branch,
        Timestamp now
    );
    [[nodiscard]] std::vector<std::string> take_messages(
        UserId user_id, const std::string& gl_repository, Timestamp now
    );

    db::Session& session_;
};

}  // namespace innergate::handlers
