// The work that pushes leave behind, one row per push: claimed by one runner at a time, per
// repository in the order in which it came, kept until it is done.
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
    /// The push made this one the default branch, and HEAD is to agree; nothing: it did not.
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
    long long waiting = 0;            ///< 10 000 are that many or more
    std::optional<Timestamp> oldest;  ///< when the push of the oldest waiting one was told
};

class PostReceiveJobStore {
public:
    explicit PostReceiveJobStore(db::Session& session) : session_(session) {}

    /// Claims the job whose turn it is, if there is one. A job's turn comes when all earlier ones
    /// of its repository are done or failed for good, and no other one of it runs.
    [[nodiscard]] std::optional<JobClaim> claim(Timestamp now, Timestamp until);

    /// Gives back jobs whose claim is over, as a crashed runner leaves them; those with
    /// `max_attempts` behind them fail for good. Answers how many.
    std::size_t release_abandoned(Timestamp now, int max_attempts);

    /// Nothing: it was dropped.
    [[nodiscard]] std::optional<PostReceiveJob> find(PostReceiveJobId id);

    /// False, of these three: the claim is not good any more, and nothing was changed.
    [[nodiscard]] bool renew(JobClaim& claim, Timestamp now, Timestamp until);
    [[nodiscard]] bool finish(const JobClaim& claim);
    [[nodiscard]] bool fail(const JobClaim& claim, const JobFailure& failure, Timestamp now);

    /// May be done any number of times. Older pushes never undo what newer ones recorded.
    void record(const RecordedPush& push);

    [[nodiscard]] JobBacklog backlog();

    /// To be tried at once, with all attempts ahead. False: there is none, or it runs.
    [[nodiscard]] bool retry(PostReceiveJobId id, Timestamp now);
    std::size_t retry_failed(Timestamp now);
    /// False: there is none, or it runs.
    [[nodiscard]] bool drop(PostReceiveJobId id);
    std::size_t drop_failed();

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
