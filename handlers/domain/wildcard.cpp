#include "handlers/domain/wildcard.hpp"

namespace innergate::handlers::domain {

bool matches_wildcard(std::string_view pattern, std::string_view text) {
    std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == text;
    }
    const std::string_view head = pattern.substr(0, star);
    const std::string_view tail = pattern.substr(pattern.rfind('*') + 1);
    if (text.size() < head.size() + tail.size() || !text.starts_with(head) ||
        !text.ends_with(tail)) {
        return false;
    }
    text.remove_prefix(head.size());
    text.remove_suffix(tail.size());
    pattern.remove_suffix(tail.size());
    // What lies between two stars may stand anywhere; the first place leaves most for the rest.
    while (star + 1 < pattern.size()) {
        pattern.remove_prefix(star + 1);
        star = pattern.find('*');
        const std::string_view part = pattern.substr(0, star);
        const std::size_t place = text.find(part);
        if (place == std::string_view::npos) {
            return false;
        }
        text.remove_prefix(place + part.size());
    }
    return true;
}

}  // namespace innergate::handlers::domain
