#include "handlers/stores/pushes/broadcast_message_store.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "app/db/session.hpp"
#include "app/decimal.hpp"
#include "app/json/reader.hpp"

namespace innergate::handlers {
namespace {

struct BannerRow {
    domain::Banner banner;
    std::string target_access_levels;
};

constexpr auto kBanner = db::columns<BannerRow>(
    db::column("id", &BannerRow::banner, &domain::Banner::id),
    db::column("message", &BannerRow::banner, &domain::Banner::message),
    db::column("coalesce(target_path, '')", &BannerRow::banner, &domain::Banner::target_path),
    db::column("target_access_levels", &BannerRow::target_access_levels)
);

// Read whole: an instance has a handful of them.
constexpr auto kListActiveBanners =
    db::reading("broadcast_messages.list_active_banners", "select", kBanner, R"sql(
      from broadcast_messages
     where ends_at > :now
       and starts_at <= :now
       and broadcast_type = 1
       and show_in_cli)sql");

/// A list that cannot be read, or holds anything but levels, is for nobody, not for everybody.
std::optional<std::vector<int>> levels_of(std::string_view text) {
    const auto document = json::parse(text);
    if (!document || document->array() == nullptr) {
        return std::nullopt;
    }
    std::vector<int> levels;
    for (const json::Value& element : *document->array()) {
        const json::Number* const number = element.number();
        const auto level = number == nullptr ? std::nullopt : parse_decimal<int>(number->text);
        if (!level) {
            return std::nullopt;
        }
        levels.push_back(*level);
    }
    return levels;
}

}  // namespace

std::vector<domain::Banner> BroadcastMessageStore::list_active_banners(Timestamp now) {
    std::vector<domain::Banner> banners;
    for (BannerRow& row : session_.fetch_rows(kListActiveBanners, soci::use(now, "now"))) {
        if (auto levels = levels_of(row.target_access_levels)) {
            row.banner.target_access_levels = std::move(*levels);
            banners.push_back(std::move(row.banner));
        }
    }
    std::ranges::sort(banners, {}, &domain::Banner::id);
    return banners;
}

}  // namespace innergate::handlers
