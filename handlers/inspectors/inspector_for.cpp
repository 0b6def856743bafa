#include "handlers/inspectors/inspector_for.hpp"

#include <string>

#include "handlers/inspectors/local_inspection.hpp"
#include "handlers/inspectors/no_inspection.hpp"

namespace innergate::handlers::inspectors {

std::unique_ptr<domain::git_access::Inspection> inspector_for(
    const settings::Storages& storages,
    std::string_view storage,
    std::string_view relative_path,
    const Quarantine& quarantine,
    std::chrono::steady_clock::time_point deadline
) {
    const auto found = storages.find(std::string{storage});
    if (found == storages.end() || found->second.chosen_inspector() == settings::Inspector::none) {
        return std::make_unique<NoInspection>(std::string{storage});
    }
    return std::make_unique<LocalInspection>(
        LocalInspection::Target{
            .storage = found->second.path,
            .relative_path = std::string{relative_path},
            .quarantine = quarantine},
        deadline
    );
}

}  // namespace innergate::handlers::inspectors
