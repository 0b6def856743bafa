// The words for access levels, which several entities take.
#pragma once

#include <array>

#include "admin/entities/entity.hpp"

namespace innergate::admin {

constexpr std::array<Word, 7> kAccessLevels{{
    {"minimal", 5},
    {"guest", 10},
    {"planner", 15},
    {"reporter", 20},
    {"developer", 30},
    {"maintainer", 40},
    {"owner", 50},
}};

/// The roles that GitLab's protections know; the others have no level there.
constexpr std::array<Word, 4> kProtectionLevels{{
    {"no-one", 0},
    {"developer", 30},
    {"maintainer", 40},
    {"admin", 60},
}};

}  // namespace innergate::admin
