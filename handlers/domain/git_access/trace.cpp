#include "handlers/domain/git_access/trace.hpp"

namespace innergate::handlers::domain::git_access {

std::string_view to_string(StepOutcome outcome) {
    switch (outcome) {
        case StepOutcome::passed:
            return "passed";
        case StepOutcome::not_applicable:
            return "not applicable";
        case StepOutcome::skipped:
            return "skipped";
        case StepOutcome::refused:
            return "refused";
    }
    return "";
}

}  // namespace innergate::handlers::domain::git_access
