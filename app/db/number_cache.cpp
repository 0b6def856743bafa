#include "app/db/number_cache.hpp"

namespace innergate::db {

std::optional<NumberCache::Numbers> NumberCache::find(const Subject& subject, long long version)
    const {
    const auto found = entries_.find(subject);
    return found != entries_.end() && found->second.version == version
               ? std::optional{found->second.numbers}
               : std::nullopt;
}

void NumberCache::keep(const Subject& subject, long long version, const Numbers& numbers) {
    if (entries_.size() >= kMaxSubjects && !entries_.contains(subject)) {
        forget_all();
    }
    entries_[subject] = {version, numbers};
}

}  // namespace innergate::db
