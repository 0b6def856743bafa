#include "app/routing/pagination.hpp"

#include <optional>
#include <string>

#include <fmt/format.h>

namespace innergate::routing {
namespace {

std::string or_nothing(std::optional<long long> page) {
    return page ? std::to_string(*page) : std::string{};
}

}  // namespace

std::vector<http::ResponseField> page_headers(
    const PageWish& wish, long long total, std::string_view url
) {
    const long long last = std::max((total + wish.per_page - 1) / wish.per_page, 1LL);
    std::optional<long long> prev;
    std::optional<long long> next;
    // A page beyond the last one leads nowhere.
    if (wish.page > 1 && wish.page <= last) {
        prev = wish.page - 1;
    }
    if (wish.page < last) {
        next = wish.page + 1;
    }
    std::string links;
    const auto add_link = [&](std::optional<long long> page, std::string_view relation) {
        if (page) {
            links += fmt::format(
                R"({}<{}?page={}&per_page={}>; rel="{}")",
                links.empty() ? "" : ", ",
                url,
                *page,
                wish.per_page,
                relation
            );
        }
    };
    add_link(prev, "prev");
    add_link(next, "next");
    add_link(1, "first");
    add_link(last, "last");
    return {
        {"X-Per-Page", std::to_string(wish.per_page)},
        {"X-Page", std::to_string(wish.page)},
        {"X-Next-Page", or_nothing(next)},
        {"X-Prev-Page", or_nothing(prev)},
        {"X-Total", std::to_string(total)},
        {"X-Total-Pages", std::to_string(last)},
        {"Link", links},
    };
}

}  // namespace innergate::routing
