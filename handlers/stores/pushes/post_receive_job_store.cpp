#include "handlers/stores/pushes/post_receive_job_store.hpp"

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"

namespace innergate::handlers {
namespace {

// A job has a claim exactly while it runs; the schema sees to that.

constexpr auto kClaim = db::sql(R"sql(
    update post_receive_jobs
       set state = 'running', attempts = attempts + 1, claimed_until = :until, updated_at = :now
     where id = (
           select jobs.id
             from post_receive_jobs as jobs
            where jobs.state = 'waiting'
              and jobs.run_at <= :now
              and not exists (
                  select 1
                    from post_receive_jobs as earlier
                   where earlier.gl_repository = jobs.gl_repository
                     and earlier.state = 'waiting'
                     and earlier.id < jobs.id)
              and not exists (
                  select 1
                    from post_receive_jobs as running
                   where running.gl_repository = jobs.gl_repository
                     and running.state = 'running')
            order by jobs.run_at, jobs.id
            limit 1)sql");

// SQLite lets one claimer in at a time: the statement takes the write lock before it reads.
constexpr auto kClaimOnSqlite =
    db::writing("post_receive_jobs.claim_on_sqlite", kClaim, ") returning id")
        .only_on(db::Dialect::sqlite);

// A claimer passes over what another one is about to claim.
constexpr auto kClaimOnPostgresql = db::writing(
                                        "post_receive_jobs.claim_on_postgresql",
                                        kClaim,
                                        "for update of jobs skip locked) returning id"
)
                                        .only_on(db::Dialect::postgresql);

constexpr db::Query kReleaseAbandoned{
    "post_receive_jobs.release_abandoned",
    R"sql(
    update post_receive_jobs
       set state = case when attempts >= :max_attempts then 'failed' else 'waiting' end,
           run_at = :now,
           claimed_until = null,
           last_error = 'its runner was gone before it was done',
           last_output = null,
           updated_at = :now
     where claimed_until < :now)sql",
    db::Access::write,
};

constexpr auto kJob = db::columns<PostReceiveJob>(
    db::column("jobs.id", &PostReceiveJob::id),
    db::column("jobs.gl_repository", &PostReceiveJob::gl_repository),
    db::column("jobs.identifier", &PostReceiveJob::identifier),
    db::column("jobs.user_id", &PostReceiveJob::user_id),
    db::column("users.username", &PostReceiveJob::username),
    db::column("users.name", &PostReceiveJob::user_name),
    db::column("jobs.project_id", &PostReceiveJob::project_id),
    db::column("routes.path", &PostReceiveJob::project_path),
    db::column("jobs.changes", &PostReceiveJob::changes),
    db::column("jobs.push_options", &PostReceiveJob::push_options),
    db::column("jobs.new_default_branch", &PostReceiveJob::new_default_branch),
    db::column("jobs.correlation_id", &PostReceiveJob::correlation_id),
    db::column("jobs.attempts", &PostReceiveJob::attempts),
    db::column("jobs.created_at", &PostReceiveJob::created_at)
);

constexpr auto kFind = db::reading("post_receive_jobs.find", "select", kJob, R"sql(
      from post_receive_jobs as jobs
      left join users on users.id = jobs.user_id
      left join routes on routes.source_project_id = jobs.project_id
     where jobs.id = :id)sql");

constexpr db::Query kRenew{
    "post_receive_jobs.renew",
    R"sql(
    update post_receive_jobs
       set claimed_until = :until, updated_at = :now
     where id = :id and claimed_until = :claimed_until)sql",
    db::Access::write,
};

constexpr db::Query kFinish{
    "post_receive_jobs.finish",
    R"sql(
    delete from post_receive_jobs
     where id = :id and claimed_until = :claimed_until)sql",
    db::Access::write,
};

constexpr db::Query kFail{
    "post_receive_jobs.fail",
    R"sql(
    update post_receive_jobs
       set state = :state, run_at = :run_at, claimed_until = null, last_error = :error,
           last_output = :output, updated_at = :now
     where id = :id and claimed_until = :claimed_until)sql",
    db::Access::write,
};

constexpr db::Query kTouchProject{
    "post_receive_jobs.touch_project",
    "update projects set updated_at = :pushed_at where id = :id and updated_at < :pushed_at",
    db::Access::write,
};

constexpr db::Query kTouchUser{
    "post_receive_jobs.touch_user",
    R"sql(
    update users
       set last_activity_on = :day
     where id = :id and (last_activity_on is null or last_activity_on < :day))sql",
    db::Access::write,
};

constexpr auto kBacklogColumns = db::columns<JobBacklog>(
    db::column("count(*)", &JobBacklog::waiting), db::column("min(created_at)", &JobBacklog::oldest)
);

// Asked every second, so it must not cost more when there is more to count.
constexpr auto kBacklog = db::reading(
    "post_receive_jobs.backlog",
    R"sql(
    with waiting(created_at) as (
        select created_at
          from post_receive_jobs
         where state = 'waiting'
         order by run_at, id
         limit 10000
    )
    select)sql",
    kBacklogColumns,
    "from waiting"
);

constexpr db::Query kRetry{
    "post_receive_jobs.retry",
    R"sql(
    update post_receive_jobs
       set state = 'waiting', attempts = 0, run_at = :now, updated_at = :now
     where id = :id and state <> 'running')sql",
    db::Access::write,
};

constexpr db::Query kRetryFailed{
    "post_receive_jobs.retry_failed",
    R"sql(
    update post_receive_jobs
       set state = 'waiting', attempts = 0, run_at = :now, updated_at = :now
     where id in (
           select id from post_receive_jobs where state = 'failed' order by run_at, id limit 200))sql",
    db::Access::write,
};

constexpr db::Query kDrop{
    "post_receive_jobs.drop",
    "delete from post_receive_jobs where id = :id and state <> 'running'",
    db::Access::write,
};

constexpr db::Query kDropFailed{
    "post_receive_jobs.drop_failed",
    R"sql(
    delete from post_receive_jobs
     where id in (
           select id from post_receive_jobs where state = 'failed' order by run_at, id limit 200))sql",
    db::Access::write,
};

/// Repeats the change until nothing is left to change, so that no other writer waits for long.
template <class Change>
std::size_t in_parts(const Change& change) {
    std::size_t total = 0;
    for (std::size_t changed = change(); changed > 0; changed = change()) {
        total += changed;
    }
    return total;
}

}  // namespace

std::optional<JobClaim> PostReceiveJobStore::claim(Timestamp now, Timestamp until) {
    for (;;) {
        JobClaim claim{.id = {}, .claimed_until = until};
        const auto fetch = [&](const db::Query& query) {
            return session_.fetch_one(
                query, soci::use(until, "until"), soci::use(now, "now"), soci::into(claim.id.value)
            );
        };
        try {
            const bool is_claimed = session_.dialect() == db::Dialect::sqlite
                                        ? fetch(kClaimOnSqlite)
                                        : fetch(kClaimOnPostgresql);
            return is_claimed ? std::optional{claim} : std::nullopt;
        } catch (const db::UniqueViolation&) {
            // Another runner has just claimed a job of the same repository, whose row became
            // visible after that of a later job. From now on that claim is seen and in nobody's
            // way.
            continue;
        }
    }
}

std::size_t PostReceiveJobStore::release_abandoned(Timestamp now, int max_attempts) {
    return session_.execute(
        kReleaseAbandoned, soci::use(max_attempts, "max_attempts"), soci::use(now, "now")
    );
}

std::optional<PostReceiveJob> PostReceiveJobStore::find(PostReceiveJobId id) {
    return session_.fetch_row(kFind, soci::use(id, "id"));
}

bool PostReceiveJobStore::renew(JobClaim& claim, Timestamp now, Timestamp until) {
    const bool is_renewed = session_.execute(
                                kRenew,
                                soci::use(until, "until"),
                                soci::use(now, "now"),
                                soci::use(claim.id.value, "id"),
                                soci::use(claim.claimed_until, "claimed_until")
                            ) > 0;
    if (is_renewed) {
        claim.claimed_until = until;
    }
    return is_renewed;
}

bool PostReceiveJobStore::finish(const JobClaim& claim) {
    return session_.execute(
               kFinish,
               soci::use(claim.id.value, "id"),
               soci::use(claim.claimed_until, "claimed_until")
           ) > 0;
}

bool PostReceiveJobStore::fail(const JobClaim& claim, const JobFailure& failure, Timestamp now) {
    const std::string state = failure.retry_at ? "waiting" : "failed";
    const Timestamp run_at = failure.retry_at.value_or(now);
    return session_.execute(
               kFail,
               soci::use(state, "state"),
               soci::use(run_at, "run_at"),
               soci::use(failure.error, "error"),
               soci::use(failure.output, "output"),
               soci::use(now, "now"),
               soci::use(claim.id.value, "id"),
               soci::use(claim.claimed_until, "claimed_until")
           ) > 0;
}

void PostReceiveJobStore::record(const RecordedPush& push) {
    db::Transaction transaction{session_};
    if (push.project_id) {
        session_.execute(
            kTouchProject, soci::use(push.pushed_at, "pushed_at"), soci::use(*push.project_id, "id")
        );
    }
    if (push.user_id) {
        const Date day = std::chrono::floor<std::chrono::days>(push.pushed_at);
        session_.execute(kTouchUser, soci::use(day, "day"), soci::use(*push.user_id, "id"));
    }
    transaction.commit();
}

JobBacklog PostReceiveJobStore::backlog() {
    return session_.fetch_row(kBacklog).value_or(JobBacklog{});
}

bool PostReceiveJobStore::retry(PostReceiveJobId id, Timestamp now) {
    return session_.execute(kRetry, soci::use(now, "now"), soci::use(id.value, "id")) > 0;
}

std::size_t PostReceiveJobStore::retry_failed(Timestamp now) {
    return in_parts([&] { return session_.execute(kRetryFailed, soci::use(now, "now")); });
}

bool PostReceiveJobStore::drop(PostReceiveJobId id) {
    return session_.execute(kDrop, soci::use(id.value, "id")) > 0;
}

std::size_t PostReceiveJobStore::drop_failed() {
    return in_parts([&] { return session_.execute(kDropFailed); });
}

}  // namespace innergate::handlers
