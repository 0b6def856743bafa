#include "handlers/stores/pushes/broadcast_message_store.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "app/db/session.hpp"
#include "app/json/reader.hpp"

namespace innergate::handlers {
namespace {

// Read whole: an instance has a handful of them.
constexpr db::Query kListActiveBanners{"broadcast_messages.list_active_banners", R"sql(
    select id, message, target_path, target_access_levels
      from broadcast_messages
     where ends_at > :now
       and starts_at <= :now
       and broadcast_type = 1
       and show_in_cli)sql"};

/// What is no level is left out; a list that cannot be read is for nobody, not for everybody.
std::optional<std::vector<int>> levels_of(std::string_view text) {
    const auto document = json::parse(text);
    if (!document || document->array() == nullptr) {
        return std::nullopt;
    }
    std::vector<int> levels;
    for (const json::Value& element : *document->array()) {
        const json::Number* const number = element.number();
        int level = 0;
        if (number == nullptr ||
            std::from_chars(number->text.data(), number->text.data() + number->text.size(), level)
                    .ec != std::errc{}) {
            return std::nullopt;
        }
        levels.push_back(level);
    }
    return levels;
}

}  // namespace

std::vector<domain::Banner> BroadcastMessageStore::list_active_banners(Timestamp now) {
    std::vector<domain::Banner> banners;
    domain::Banner banner;
    std::optional<std::string> target_path;
    std::string target_access_levels;
    session_.fetch_each(
        kListActiveBanners,
        [&] {
            if (auto levels = levels_of(target_access_levels)) {
                banner.target_path = target_path.value_or("");
                banner.target_access_levels = std::move(*levels);
                banners.push_back(banner);
            }
        },
        soci::use(now, "now"),
        soci::into(banner.id),
        soci::into(banner.message),
        soci::into(target_path),
        soci::into(target_access_levels)
    );
    std::ranges::sort(banners, {}, &domain::Banner::id);
    return banners;
}

}  // namespace innergate::handlers
