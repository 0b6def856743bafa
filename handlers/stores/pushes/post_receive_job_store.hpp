// The work that pushes leave behind, one row per push. One runner at a time claims a job. The jobs
// of a repository are done in the order in which they came, and each is kept until it is done.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct PostReceiveJob {
    PostReceiveJobId id;
    std::string gl_repository;
    std::string identifier;  ///< as the hook named who pushed
    std::optional<long long> user_id;
    std::optional<std::string> username;
    std::optional<std::string> user_name;
    std::optional<long long> project_id;
    std::optional<std::string> project_path;
    std::string changes;       ///< as the hook sent them
    std::string push_options;  ///< a JSON object
    /// The branch that the push made the default one, for HEAD to follow. Nothing: it made none.
    std::optional<std::string> new_default_branch;
    std::optional<std::string> correlation_id;
    int attempts = 0;  ///< the running one included
    Timestamp created_at;
};

/// A runner's right to a job. Of two claims on one job only the later one is good.
struct JobClaim {
    PostReceiveJobId id;
    Timestamp claimed_until;
};

/// How an attempt went wrong, and what follows.
struct JobFailure {
    std::string error;
    std::string output;
    /// When to try again; nothing: no more, the job is kept as failed.
    std::optional<Timestamp> retry_at;
};

/// What a push says about its project and user.
struct RecordedPush {
    Timestamp pushed_at;
    std::optional<long long> user_id;
    std::optional<long long> project_id;
};

struct JobBacklog {
    long long waiting = 0;            ///< 10 000 means that many or more
    std::optional<Timestamp> oldest;  ///< when the push of the oldest waiting job was told
};

class PostReceiveJobStore {
public:
    explicit PostReceiveJobStore(db::Session& session) : session_(session) {}

    /// Claims the job whose turn it is, if there is one. A job's turn comes when all earlier jobs
    /// of its repository are done or failed for good, and no other job of the repository runs.
    [[nodiscard]] std::optional<JobClaim> claim(Timestamp now, Timestamp until);

    /// Gives back jobs whose claim has run out, as a crashed runner leaves them. Those with
    /// `max_attempts` behind them fail for good. Answers how many jobs there were.
    std::size_t release_abandoned(Timestamp now, int max_attempts);

    /// Nothing: it was dropped.
    [[nodiscard]] std::optional<PostReceiveJob> find(PostReceiveJobId id);

    /// These three answer false when the claim is not good any more. Nothing was changed then.
    [[nodiscard]] bool renew(JobClaim& claim, Timestamp now, Timestamp until);
    [[nodiscard]] bool finish(const JobClaim& claim);
    [[nodiscard]] bool fail(const JobClaim& claim, const JobFailure& failure, Timestamp now);

    /// May be called any number of times. Older pushes never undo what newer ones recorded.
    void record(const RecordedPush& push);

    [[nodiscard]] JobBacklog backlog();

    /// The job is tried at once, with all attempts ahead. False: there is no such job, or it runs.
    [[nodiscard]] bool retry(PostReceiveJobId id, Timestamp now);
    std::size_t retry_failed(Timestamp now);
    /// False: there is no such job, or it runs.
    [[nodiscard]] bool drop(PostReceiveJobId id);
    std::size_t drop_failed();

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
