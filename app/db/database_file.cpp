#include "app/db/database_file.hpp"

#include <optional>
#include <sys/stat.h>

namespace innergate::db {
namespace {

struct Identity {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
};

std::optional<Identity> identity_of(const std::string& path) {
    struct stat status {};
    if (path.empty() || ::stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return Identity{.device = status.st_dev, .number = status.st_ino};
}

}  // namespace

std::string DatabaseFile::advice_on(const std::string& name) {
    return name +
           " was replaced or removed while it was open: stop all that use it, see to its -wal "
           "file, "
           "start again";
}

bool DatabaseFile::remember() {
    const auto identity = identity_of(path_);
    if (!identity) {
        return true;
    }
    std::uint64_t none = 0;
    // The first thread here sets both. The device is looked at only once the number is there.
    if (number_.load() == 0) {
        device_ = identity->device;
        if (number_.compare_exchange_strong(none, identity->number)) {
            return true;
        }
    }
    const bool is_same = identity->number == number_.load() && identity->device == device_.load();
    if (!is_same) {
        is_replaced_ = true;  // for the other threads, too, which would look later
    }
    return is_same;
}

bool DatabaseFile::is_replaced(Clock::time_point now) {
    const std::uint64_t number = number_.load();
    if (number == 0) {
        return false;
    }
    Clock::rep next = next_look_.load();
    const Clock::rep current = now.time_since_epoch().count();
    const Clock::rep later = (now + kBetweenLooks).time_since_epoch().count();
    // One thread looks on behalf of all.
    if (current >= next && next_look_.compare_exchange_strong(next, later)) {
        const auto found = identity_of(path_);
        is_replaced_ = !found || found->number != number || found->device != device_.load();
    }
    return is_replaced_.load();
}

}  // namespace innergate::db
