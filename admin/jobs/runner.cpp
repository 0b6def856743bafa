#include "admin/jobs/runner.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "admin/jobs/head.hpp"
#include "admin/jobs/hook_folder.hpp"
#include "admin/jobs/hook_process.hpp"
#include "admin/jobs/job_document.hpp"
#include <fmt/format.h>

#include "app/db/errors.hpp"
#include "handlers/domain/pushed_changes.hpp"

namespace innergate::admin::jobs {
namespace {

using handlers::JobClaim;
using handlers::PostReceiveJob;

constexpr std::size_t kOutputBytes = std::size_t{8} * 1024;

/// As much of one text as a line of the log holds.
std::string_view end_of(std::string_view output) {
    constexpr std::size_t kLogged = 1024;
    return output.substr(output.size() - std::min(output.size(), kLogged));
}

/// The outputs of all executables stand one after the other. Only the end is kept.
void append(std::string& output, const std::string& more) {
    output += more;
    if (output.size() > kOutputBytes) {
        std::size_t start = output.size() - kOutputBytes;
        constexpr unsigned kContinuation = 0x80;
        constexpr unsigned kContinuationMask = 0xC0;
        while (start < output.size() &&
               (static_cast<unsigned char>(output[start]) & kContinuationMask) == kContinuation) {
            ++start;
        }
        output.erase(0, start);
    }
}

}  // namespace

std::chrono::seconds back_off(std::chrono::seconds delay, int attempts) {
    constexpr std::chrono::seconds kLongest = std::chrono::hours{1};
    std::chrono::seconds wait = delay;
    for (int attempt = 1; attempt < attempts && wait < kLongest; ++attempt) {
        wait *= 2;
    }
    return std::min(wait, std::max(delay, kLongest));
}

Timestamp Runner::claim_end() const {
    return clock_.now() + settings_.hook_timeout + settings_.lease;
}

Outcome Runner::run_next() {
    const int max_attempts = static_cast<int>(settings_.max_attempts);
    if (const std::size_t abandoned = store_.release_abandoned(clock_.now(), max_attempts);
        abandoned > 0) {
        logger_.log(log::Warning{fmt::format("{} abandoned jobs are taken up again", abandoned)});
    }
    auto claim = store_.claim(clock_.now(), claim_end());
    if (!claim) {
        return Outcome::none_due;
    }
    const auto job = store_.find(claim->id);
    return job ? run(*claim, *job) : Outcome::lost;
}

Outcome Runner::run(JobClaim& claim, const PostReceiveJob& job) {
    const auto start = std::chrono::steady_clock::now();
    Attempt result = attempt(claim, job);
    if (!result.is_lost) {
        result.is_lost =
            result.error.empty() ? !store_.finish(claim) : !keep_for_later(claim, job, result);
    }
    if (result.is_lost) {
        result.error = "it took longer than its claim: another runner has it";
    }
    logger_.log(log::JobFinished{
        .id = job.id.value,
        .gl_repository = job.gl_repository,
        .correlation_id = job.correlation_id.value_or(""),
        .attempt = job.attempts,
        .duration = std::chrono::steady_clock::now() - start,
        .reason = result.error,
        .output = end_of(result.output),
    });
    if (result.is_lost) {
        return Outcome::lost;
    }
    return result.error.empty() ? Outcome::done : Outcome::failed;
}

Runner::Attempt Runner::attempt(JobClaim& claim, const PostReceiveJob& job) {
    const auto changes = handlers::domain::parse_changes(job.changes);
    try {
        store_.record(
            {.pushed_at = job.created_at, .user_id = job.user_id, .project_id = job.project_id}
        );
        // This may take no longer than an executable: the claim is good for that long.
        std::string error = make_head_agree(
            job, branches_, inspectors_, std::chrono::steady_clock::now() + settings_.hook_timeout
        );
        if (!error.empty()) {
            return {.error = std::move(error), .output = {}};
        }
    } catch (const db::QueryError& error) {
        // Repeating will hardly help. But the job must neither be lost for it nor block for ever.
        return {.error = error.what(), .output = {}};
    }
    return run_hooks(claim, job_document(job, changes));
}

Runner::Attempt Runner::run_hooks(JobClaim& claim, const std::string& document) {
    const auto hooks = hooks_in(settings_.hooks_dir);
    if (!hooks) {
        return {.error = hooks.error(), .output = {}};
    }
    Attempt attempt;
    for (const std::filesystem::path& hook : *hooks) {
        if (!store_.renew(claim, clock_.now(), claim_end())) {
            attempt.is_lost = true;
            return attempt;
        }
        const HookResult result = run_hook(
            hook, document, {.time = settings_.hook_timeout, .output_bytes = kOutputBytes}
        );
        append(attempt.output, result.output);
        if (!result.is_success()) {
            attempt.error = fmt::format("{}: {}", hook.filename().string(), result.failure);
            return attempt;
        }
    }
    return attempt;
}

bool Runner::keep_for_later(
    const JobClaim& claim, const PostReceiveJob& job, const Attempt& attempt
) {
    handlers::JobFailure failure{
        .error = attempt.error, .output = attempt.output, .retry_at = std::nullopt};
    if (job.attempts < static_cast<int>(settings_.max_attempts)) {
        failure.retry_at = clock_.now() + back_off(settings_.retry_delay, job.attempts);
    }
    return store_.fail(claim, failure, clock_.now());
}

}  // namespace innergate::admin::jobs
