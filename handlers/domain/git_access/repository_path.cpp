#include "handlers/domain/git_access/repository_path.hpp"

#include "app/decimal.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

bool chop(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) {
        return false;
    }
    text.remove_suffix(suffix.size());
    return true;
}

/// `snippets/7`, `group/project/snippets/7`
std::optional<RepositoryPath> parse_snippet(std::string_view path) {
    constexpr std::string_view kFolder = "snippets";
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view number = path.substr(slash + 1);
    std::string_view folder = path.substr(0, slash);
    const auto id = parse_decimal<long long>(number);
    if (!id || *id <= 0 || number.front() == '0' || !chop(folder, kFolder)) {
        return std::nullopt;
    }
    if (!folder.empty() && !chop(folder, "/")) {
        return std::nullopt;
    }
    return RepositoryPath{
        .kind = ContainerKind::snippet,
        .path = std::string{folder},
        .snippet_id = *id,
        .whole_path = folder.empty() ? std::string{} : std::string{path},
    };
}

}  // namespace

RepositoryPath parse_repository_path(std::string_view project) {
    if (project.starts_with('/')) {
        project.remove_prefix(1);
    }
    chop(project, ".git");
    if (auto snippet = parse_snippet(project)) {
        return *std::move(snippet);
    }
    RepositoryPath parsed;
    const std::string_view whole = project;
    if (chop(project, ".wiki")) {
        parsed.kind = ContainerKind::wiki;
    } else if (chop(project, ".design")) {
        parsed.kind = ContainerKind::design;
    }
    parsed.path = project;
    if (parsed.kind != ContainerKind::project) {
        parsed.whole_path = whole;
    }
    return parsed;
}

}  // namespace innergate::handlers::domain::git_access
