#include "handlers/domain/exclusion_reason.hpp"

#include "app/blank.hpp"
#include "app/characters.hpp"
#include "handlers/domain/record_texts.hpp"

namespace innergate::handlers::domain {

std::vector<std::string> faults_of_reason(const std::optional<std::string>& reason) {
    constexpr std::size_t kMaxCharacters = 255;
    std::vector<std::string> faults;
    if (!reason || is_blank(*reason)) {
        faults.emplace_back(kBlank);
    }
    if (reason && count_characters(*reason) > kMaxCharacters) {
        faults.push_back(too_long(kMaxCharacters));
    }
    return faults;
}

}  // namespace innergate::handlers::domain
