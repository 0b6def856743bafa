// Settings of the database, and how long it may take.
#pragma once

#include <chrono>
#include <string>

namespace innergate::settings {

struct Database {
    std::string url = "sqlite:/var/lib/innergate/innergate.db";
    std::string url_file;  ///< where it stands instead; a secret's file
    std::chrono::milliseconds statement_timeout{10'000};
    /// What a call may take beyond statement_timeout before its connection is cut.
    std::chrono::milliseconds call_grace{2'000};
    /// How long it may take to give a sign of life when asked, before it counts as hung.
    std::chrono::milliseconds probe_timeout{1'500};
    std::chrono::seconds connect_timeout{2};
    std::chrono::seconds busy_timeout{5};  ///< how long to wait for another one's lock
};

}  // namespace innergate::settings
