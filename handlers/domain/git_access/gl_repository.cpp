#include "handlers/domain/git_access/gl_repository.hpp"

#include "app/decimal.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kWikiSuffix = "-wiki";

/// Canonical decimal above 0: `project-01` must not be another name of `project-1`.
std::optional<long long> parse_id(std::string_view text) {
    if (text.empty() || text.front() < '1' || text.front() > '9') {
        return std::nullopt;
    }
    return parse_decimal<long long>(text);
}

std::string_view prefix_of(ContainerKind kind) {
    switch (kind) {
        case ContainerKind::project:
            return "project";
        case ContainerKind::wiki:
            return "wiki";
        case ContainerKind::snippet:
            return "snippet";
        case ContainerKind::design:
            return "design";
    }
    return "";
}

std::optional<ContainerKind> kind_named(std::string_view prefix) {
    for (const auto kind :
         {ContainerKind::project,
          ContainerKind::wiki,
          ContainerKind::snippet,
          ContainerKind::design}) {
        if (prefix_of(kind) == prefix) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string hashed(std::string_view root, long long id) {
    const std::string digest = encoding::hex(encoding::sha256(std::to_string(id)));
    std::string path{root};
    path.append("/").append(digest, 0, 2);
    path.append("/").append(digest, 2, 2);
    path.append("/").append(digest);
    return path;
}

}  // namespace

std::optional<GlRepository> parse_gl_repository(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    auto kind = kind_named(text.substr(0, dash));
    std::string_view number = text.substr(dash + 1);
    if (kind == ContainerKind::project && number.ends_with(kWikiSuffix)) {
        kind = ContainerKind::wiki;
        number.remove_suffix(kWikiSuffix.size());
    }
    const auto id = parse_id(number);
    if (!kind || !id) {
        return std::nullopt;
    }
    return GlRepository{.kind = *kind, .id = *id};
}

std::string to_string(const GlRepository& repository) {
    std::string text{prefix_of(repository.kind)};
    text += '-';
    text += std::to_string(repository.id);
    return text;
}

GlRepository gl_repository_of(const ContainerFacts& container) {
    switch (container.kind) {
        case ContainerKind::snippet:
            return {.kind = container.kind, .id = container.snippet ? container.snippet->id : 0};
        case ContainerKind::design:
            return {.kind = container.kind, .id = container.design_repository_id};
        case ContainerKind::project:
        case ContainerKind::wiki:
            break;
    }
    return {.kind = container.kind, .id = container.project ? container.project->id.value : 0};
}

std::string hashed_disk_path(ProjectId project_id) {
    return hashed("@hashed", project_id.value);
}

std::string snippet_disk_path(long long snippet_id) {
    return hashed("@snippets", snippet_id);
}

std::string relative_path_of_project(ProjectId project_id, std::string_view disk_path) {
    return (disk_path.empty() ? hashed_disk_path(project_id) : std::string{disk_path}) + ".git";
}

std::string relative_path_of(const ContainerFacts& container) {
    if (container.kind == ContainerKind::snippet) {
        return snippet_disk_path(container.snippet ? container.snippet->id : 0) + ".git";
    }
    std::string path;
    if (container.project) {
        path = container.project->disk_path.empty() ? hashed_disk_path(container.project->id)
                                                    : container.project->disk_path;
    }
    if (container.kind == ContainerKind::wiki) {
        path += ".wiki";
    } else if (container.kind == ContainerKind::design) {
        path += ".design";
    }
    return path + ".git";
}

std::string gl_project_path_of(const ContainerFacts& container) {
    std::string path = container.project ? container.project->full_path : std::string{};
    switch (container.kind) {
        case ContainerKind::project:
            break;
        case ContainerKind::wiki:
            path += ".wiki";
            break;
        case ContainerKind::design:
            path += ".design";
            break;
        case ContainerKind::snippet:
            path += path.empty() ? "snippets/" : "/snippets/";
            path += std::to_string(container.snippet ? container.snippet->id : 0);
            break;
    }
    return path;
}

std::string_view storage_of(const ContainerFacts& container) {
    if (container.kind == ContainerKind::snippet && container.snippet) {
        return container.snippet->storage;
    }
    return container.project ? std::string_view{container.project->storage} : std::string_view{};
}

}  // namespace innergate::handlers::domain::git_access
