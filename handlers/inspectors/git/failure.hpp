// How a look into a repository ends without an answer. A Failure is thrown within the inspectors
// only: what leaves them is an InspectionFailure.
#pragma once

#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tl/expected.hpp>

#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::inspectors::git {

class Failure : public std::exception {
public:
    using Kind = domain::git_access::InspectionFailure::Kind;

    Failure(Kind kind, std::string reason) : failure_{.kind = kind, .reason = std::move(reason)} {}

    [[nodiscard]] const char* what() const noexcept override { return failure_.reason.c_str(); }
    [[nodiscard]] const domain::git_access::InspectionFailure& failure() const { return failure_; }

private:
    domain::git_access::InspectionFailure failure_;
};

/// Returns what `ask` returns. This is the one place where failures stop being exceptions.
template <class Ask>
[[nodiscard]] auto as_value(const Ask& ask)
    -> domain::git_access::Inspected<std::invoke_result_t<Ask>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Ask>>) {
            ask();
            return {};
        } else {
            return ask();
        }
    } catch (const Failure& failure) {
        return tl::unexpected(failure.failure());
    }
}

/// Throws a Failure with libgit2's own words when `status` is an error code of libgit2.
void require(int status, std::string_view what);

/// Calls a function of libgit2 whose first parameter receives a handle. Throws as require().
template <class Handle, class Function, class... Arguments>
[[nodiscard]] Handle acquire(std::string_view what, Function function, Arguments... arguments) {
    typename Handle::pointer handle = nullptr;
    require(function(&handle, arguments...), what);
    return Handle{handle};
}

/// Every loop over objects asks it, because the pusher chooses how many objects there are.
class Deadline {
public:
    explicit Deadline(std::chrono::steady_clock::time_point end) : end_(end) {}

    /// Throws a Failure `out_of_time` once it has passed.
    void check() const;

private:
    std::chrono::steady_clock::time_point end_;
};

}  // namespace innergate::handlers::inspectors::git
