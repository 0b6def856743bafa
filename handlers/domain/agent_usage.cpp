#include "handlers/domain/agent_usage.hpp"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace innergate::handlers::domain {

std::optional<std::string_view> first_negative(const std::vector<Increment>& increments) {
    const auto found = std::ranges::find_if(increments, [](const Increment& increment) {
        return increment.by < 0;
    });
    return found == increments.end() ? std::nullopt : std::optional{found->name};
}

std::string iso_week(Timestamp time) {
    return fmt::format("{:%G-%V}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace innergate::handlers::domain
