#include "handlers/domain/git_access/repository_path.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "app/ascii.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

// GitLab's reserved names: first segments that its own pages have.
constexpr auto kTopLevelWords = std::to_array<std::string_view>({
    "-",
    ".well-known",
    "404.html",
    "422.html",
    "500.html",
    "502.html",
    "503.html",
    "admin",
    "api",
    "apple-touch-icon.png",
    "assets",
    "dashboard",
    "deploy.html",
    "explore",
    "favicon.ico",
    "favicon.png",
    "files",
    "groups",
    "health_check",
    "help",
    "import",
    "jwt",
    "login",
    "oauth",
    "profile",
    "projects",
    "public",
    "robots.txt",
    "s",
    "search",
    "sitemap",
    "sitemap.xml",
    "sitemap.xml.gz",
    "slash-command-logo.png",
    "snippets",
    "unsubscribes",
    "uploads",
    "users",
    "v2",
});

// Words that follow a project's path in the addresses of its pages, so that neither a subgroup nor
// a project can be called that.
constexpr auto kInnerWords = std::to_array<std::string_view>({
    "-",
    "badges",
    "blame",
    "blob",
    "builds",
    "commits",
    "create",
    "create_dir",
    "edit",
    "environments/folders",
    "files",
    "find_file",
    "gitlab-lfs/objects",
    "info/lfs/objects",
    "new",
    "preview",
    "raw",
    "refs",
    "tree",
    "update",
    "wikis",
});

/// Whether the path begins with this word as a whole segment (or several).
bool begins_with_word(std::string_view path, std::string_view word) {
    return path.size() >= word.size() &&
           ascii::equal_ignoring_case(path.substr(0, word.size()), word) &&
           (path.size() == word.size() || path[word.size()] == '/');
}

bool is_word_character(char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

bool is_legal_segment(std::string_view segment) {
    constexpr std::size_t kMaxLength = 255;
    if (segment.empty() || segment.size() > kMaxLength || segment == "." || segment == "..") {
        return false;
    }
    const bool begins_well = is_word_character(segment.front()) || segment.front() == '.';
    const bool is_plain = std::ranges::all_of(segment, [](char character) {
        return is_word_character(character) || character == '-' || character == '.';
    });
    return begins_well && is_plain && !segment.ends_with(".git") && !segment.ends_with(".atom");
}

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
    long long id = 0;
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), id);
    const bool is_id = fault == std::errc{} && end == number.data() + number.size() && id > 0 &&
                       number.front() != '0';
    if (!is_id || !chop(folder, kFolder)) {
        return std::nullopt;
    }
    if (!folder.empty() && !chop(folder, "/")) {
        return std::nullopt;
    }
    return RepositoryPath{
        .kind = ContainerKind::snippet,
        .path = std::string{folder},
        .snippet_id = id,
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

bool is_legal_project_path(std::string_view path) {
    if (std::ranges::any_of(kTopLevelWords, [path](std::string_view word) {
            return begins_with_word(path, word);
        })) {
        return false;
    }
    bool is_first = true;
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        const bool is_namespace = slash != std::string_view::npos;
        if (!is_legal_segment(segment) || (is_namespace && segment.ends_with('.'))) {
            return false;
        }
        const bool is_reserved =
            !is_first && std::ranges::any_of(kInnerWords, [path](std::string_view word) {
                return begins_with_word(path, word);
            });
        if (is_reserved) {
            return false;
        }
        if (!is_namespace) {
            return !is_first;
        }
        path.remove_prefix(slash + 1);
        is_first = false;
    }
}

}  // namespace innergate::handlers::domain::git_access
