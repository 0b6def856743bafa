// Lists in pages, as GitLab's API gives them: which page, and the header fields that lead through.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/http/response.hpp"
#include "app/params/schema.hpp"

namespace innergate::routing {

inline constexpr int kDefaultPerPage = 20;
inline constexpr int kMaxPerPage = 100;

/// Which part of a list is wanted.
struct PageWish {
    int page = 1;                    ///< from 1
    int per_page = kDefaultPerPage;  ///< from 1 to kMaxPerPage

    [[nodiscard]] long long offset() const { return (static_cast<long long>(page) - 1) * per_page; }
};

/// What becomes of a number that is none, and of `per_page=0`.
enum class PageFaults {
    told,
    ignored,  ///< the default counts
};

/// `page`: below 1 counts as 1.
template <class Request>
struct PageNumber {
    PageWish Request::*member;
    PageFaults faults_are;

    void read(const json::Object& parameters, Request& request, params::Faults& faults) const {
        const json::Value* const value = params::given(parameters, "page");
        if (value == nullptr || params::is_empty_text(*value)) {
            return;
        }
        if (const auto page = params::coerced<int>(*value)) {
            (request.*member).page = std::max(*page, 1);
        } else if (faults_are == PageFaults::told) {
            faults.add("page", params::messages::kInvalid);
        }
    }
    [[nodiscard]] constexpr params::Description describe() const {
        return {
            .name = "page", .type = params::Type::integer, .doc = "Which page, from 1 (default 1)"};
    }
};

/// `per_page`: above 100 counts as 100, below 0 as the default.
template <class Request>
struct PageSize {
    PageWish Request::*member;
    PageFaults faults_are;

    void read(const json::Object& parameters, Request& request, params::Faults& faults) const {
        const json::Value* const value = params::given(parameters, "per_page");
        if (value == nullptr || params::is_empty_text(*value)) {
            return;
        }
        const auto per_page = params::coerced<int>(*value);
        if (per_page && *per_page > 0) {
            (request.*member).per_page = std::min(*per_page, kMaxPerPage);
        } else if (faults_are == PageFaults::told && !per_page) {
            faults.add("per_page", params::messages::kInvalid);
        } else if (faults_are == PageFaults::told && *per_page == 0) {
            faults.add("per_page", "has a value not allowed");
        }
    }
    [[nodiscard]] constexpr params::Description describe() const {
        return {
            .name = "per_page",
            .type = params::Type::integer,
            .doc = "Elements on a page, up to 100 (default 20)"};
    }
};

template <class Request>
[[nodiscard]] constexpr PageNumber<Request> page_number(
    PageWish Request::*member, PageFaults faults_are
) {
    return {member, faults_are};
}

template <class Request>
[[nodiscard]] constexpr PageSize<Request> page_size(
    PageWish Request::*member, PageFaults faults_are
) {
    return {member, faults_are};
}

/// `X-Page`, `X-Next-Page`, `X-Total`, `Link` (RFC 8288) and their like. `url`: of the list,
/// without a query; `total`: elements of the whole list.
[[nodiscard]] std::vector<http::ResponseField> page_headers(
    const PageWish& wish, long long total, std::string_view url
);

}  // namespace innergate::routing
