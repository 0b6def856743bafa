#include "handlers/inspectors/gitaly/services.hpp"

namespace innergate::handlers::inspectors::gitaly {

void name_repository(
    ::gitaly::Repository& repository, const Server& server, const Target& target, Objects objects
) {
    repository.set_storage_name(server.storage);
    repository.set_relative_path(target.relative_path);
    repository.set_gl_repository(target.gl_repository);
    repository.set_gl_project_path(target.gl_project_path);
    if (objects == Objects::repository || target.quarantine.object_directory.empty()) {
        return;
    }
    repository.set_git_object_directory(target.quarantine.object_directory);
    if (objects == Objects::with_quarantine) {
        for (const std::string& alternate : target.quarantine.alternates) {
            repository.add_git_alternate_object_directories(alternate);
        }
    }
}

}  // namespace innergate::handlers::inspectors::gitaly
