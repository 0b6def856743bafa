#include "admin/repository/project_repository.hpp"

#include <optional>

#include "admin/commands/context.hpp"
#include "admin/repository/repositories.hpp"
#include <fmt/format.h>

#include "handlers/domain/git_access/gl_repository.hpp"

namespace innergate::admin::repository {

std::string relative_path_of_project(long long id, std::string_view disk_path) {
    ContainerFacts facts;
    facts.project.emplace();
    facts.project->id = ProjectId{id};
    facts.project->disk_path = disk_path;
    return handlers::domain::git_access::relative_path_of(facts);
}

bool create_for_project(Context& context, long long id) {
    const std::string name = fmt::format("project-{}", id);
    const auto advice = [&](std::string_view reason) {
        context.fail(fmt::format(
            "the project is there as {0}, but without a repository: {1}; `repository create {0}` "
            "tries again",
            name,
            reason
        ));
        return false;
    };
    const auto repositories = Repositories::open(context);
    if (repositories == nullptr) {
        return advice("its storage could not be asked");
    }
    const auto facts = repositories->find(name);
    if (!facts) {
        return advice(facts.error());
    }
    const auto created = repositories->create(*facts, std::nullopt);
    return created ? true : advice(created.error().reason);
}

}  // namespace innergate::admin::repository
