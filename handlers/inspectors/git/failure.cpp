#include "handlers/inspectors/git/failure.hpp"

#include <git2.h>

#include <fmt/format.h>

namespace innergate::handlers::inspectors::git {

void require(int status, std::string_view what) {
    if (status >= 0) {
        return;
    }
    const git_error* const error = git_error_last();
    throw Failure{
        Failure::Kind::failed,
        fmt::format(
            "{}: {} ({})", what, error == nullptr ? "no reason given" : error->message, status
        )};
}

void Deadline::check() const {
    if (std::chrono::steady_clock::now() >= end_) {
        throw Failure{Failure::Kind::out_of_time, "the time for looking into the repository is up"};
    }
}

}  // namespace innergate::handlers::inspectors::git
