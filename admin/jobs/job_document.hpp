// A post-receive job as the operator's executables read it.
#pragma once

#include <string>
#include <vector>

#include "handlers/domain/pushed_changes.hpp"
#include "handlers/stores/pushes/post_receive_job_store.hpp"

namespace innergate::admin::jobs {

/// JSON, as docs/jobs.md describes it.
[[nodiscard]] std::string job_document(
    const handlers::PostReceiveJob& job, const std::vector<handlers::domain::PushedChange>& changes
);

}  // namespace innergate::admin::jobs
