#include "app/settings/storage_inspector.hpp"

#include <sys/stat.h>

namespace innergate::settings {

std::optional<uid_t> owner_of_folder(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        return std::nullopt;
    }
    return status.st_uid;
}

Inspector choose_inspector(const Storage& storage, uid_t account) {
    if (storage.inspector) {
        return *storage.inspector;
    }
    if (!storage.path.empty() && owner_of_folder(storage.path).value_or(account) == account) {
        return Inspector::local;
    }
    return storage.is_gitaly_address_written ? Inspector::gitaly : Inspector::none;
}

}  // namespace innergate::settings
