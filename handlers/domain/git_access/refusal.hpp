// How a rule refuses.
#pragma once

#include <optional>
#include <string>

namespace innergate::handlers::domain::git_access {

struct Refusal {
    int status = 0;    ///< of HTTP: 401, 404, 422 or 503
    std::string rule;  ///< the rule that refused: `5`, `B4`, `TO`
    std::string message;
    std::string log_detail;  ///< for the log only: may name paths of this host
};

/// What a rule answers. Nothing: it lets pass, or has no say.
using Outcome = std::optional<Refusal>;

}  // namespace innergate::handlers::domain::git_access
