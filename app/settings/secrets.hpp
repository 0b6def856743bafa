// Settings: where the secrets are.
#pragma once

#include <string>

namespace innergate::settings {

struct Secrets {
    std::string shell_secret_file = "/etc/innergate/shell_secret";
    std::string shell_secret_previous_file;  ///< accepted too; empty: there is none
    std::string kas_secret_file;             ///< empty: the routes for kas refuse everything
    std::string kas_secret_previous_file;
    std::string db_key_base_file = "/etc/innergate/db_key_base";  ///< salt of stored token digests
};

}  // namespace innergate::settings
