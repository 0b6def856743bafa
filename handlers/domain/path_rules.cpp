#include "handlers/domain/path_rules.hpp"

#include <algorithm>
#include <array>

#include "app/ascii.hpp"

namespace innergate::handlers::domain {
namespace {

constexpr std::size_t kMaxLength = 255;
constexpr std::size_t kMinNamespaceLength = 2;

// GitLab's texts, of which the second ends without a full stop.
constexpr std::string_view kNamespaceFormat =
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', "
    "'.git' or '.atom'.";
constexpr std::string_view kProjectFormat =
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or "
    "end in '.atom'";
constexpr std::string_view kRegistryFormat =
    "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', "
    "'_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";
constexpr std::string_view kNameFormat =
    "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. It must start with "
    "a letter, digit, emoji, or '_'.";

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

/// The characters that any part of a path may have, and the suffixes that addresses give a meaning.
bool has_path_format(std::string_view segment, PathOwner owner) {
    if (segment.empty()) {
        return false;
    }
    const bool begins_well = segment.front() != '-';
    const bool is_plain = ascii::has_only_letters_digits_and("_-.", segment);
    const bool ends_well = owner == PathOwner::project || !segment.ends_with('.');
    return begins_well && is_plain && ends_well && !segment.ends_with(".git") &&
           !segment.ends_with(".atom");
}

bool is_legal_segment(std::string_view segment, PathOwner owner) {
    return segment.size() <= kMaxLength && segment != "." && segment != ".." &&
           has_path_format(segment, owner);
}

/// Letters and digits, and between them single special characters: what a container registry takes,
/// which is stricter than the addresses. Older paths may break this rule.
bool has_registry_format(std::string_view segment) {
    bool is_after_special = true;
    for (const char character : segment) {
        const bool is_special = character == '.' || character == '_' || character == '-';
        if (is_special ? is_after_special : !ascii::is_letter_or_digit(character)) {
            return false;
        }
        is_after_special = is_special;
    }
    return !is_after_special;
}

/// In any of its parts, the first of which lies at the top of the instance.
bool has_reserved_word(std::string_view path) {
    const auto begins_with_any = [&path](const auto& words) {
        return std::ranges::any_of(words, [&path](std::string_view word) {
            return begins_with_word(path, word);
        });
    };
    if (begins_with_any(kTopLevelWords)) {
        return true;
    }
    while (path.find('/') != std::string_view::npos) {
        path.remove_prefix(path.find('/') + 1);
        if (begins_with_any(kInnerWords)) {
            return true;
        }
    }
    return false;
}

void add_format_errors(
    std::vector<std::string>& errors,
    PathOwner owner,
    std::string_view parent,
    std::string_view path
) {
    if (!has_path_format(path, owner)) {
        errors.emplace_back(owner == PathOwner::project ? kProjectFormat : kNamespaceFormat);
        return;
    }
    std::string full_path{parent};
    full_path.append(parent.empty() ? "" : "/").append(path);
    if (has_reserved_word(full_path)) {
        errors.push_back(std::string{path} + " is a reserved name");
    }
}

void add_length_error(std::vector<std::string>& errors, std::string_view path) {
    if (path.size() > kMaxLength) {
        errors.emplace_back("is too long (maximum is 255 characters)");
    }
}

void add_registry_error(std::vector<std::string>& errors, std::string_view path) {
    if (!has_registry_format(path)) {
        errors.emplace_back(kRegistryFormat);
    }
}

}  // namespace

std::vector<std::string> path_errors(
    PathOwner owner, std::string_view parent, std::string_view path
) {
    std::vector<std::string> errors;
    if (path.empty()) {
        errors.emplace_back("can't be blank");
    }
    if (owner == PathOwner::project) {
        add_format_errors(errors, owner, parent, path);
        add_length_error(errors, path);
        add_registry_error(errors, path);
        return errors;
    }
    add_length_error(errors, path);
    add_registry_error(errors, path);
    add_format_errors(errors, owner, parent, path);
    if (path.size() < kMinNamespaceLength) {
        errors.emplace_back("is too short (minimum is 2 characters)");
    }
    return errors;
}

std::vector<std::string> new_project_errors(std::string_view full_path) {
    const std::size_t slash = std::min(full_path.rfind('/'), full_path.size());
    const std::string_view path = full_path.substr(std::min(slash + 1, full_path.size()));
    std::vector<std::string> errors;
    // A name may hold each character that a path may hold, but not begin with each of them.
    if (!path.empty() && !ascii::is_letter_or_digit(path.front()) && path.front() != '_') {
        errors.push_back("Name " + std::string{kNameFormat});
    }
    for (const std::string& error :
         path_errors(PathOwner::project, full_path.substr(0, slash), path)) {
        errors.push_back("Path " + error);
    }
    return errors;
}

bool is_legal_project_path(std::string_view path) {
    if (has_reserved_word(path)) {
        return false;
    }
    bool is_first = true;
    while (true) {
        const std::size_t slash = path.find('/');
        const bool is_namespace = slash != std::string_view::npos;
        const auto owner = is_namespace ? PathOwner::name_space : PathOwner::project;
        if (!is_legal_segment(path.substr(0, slash), owner)) {
            return false;
        }
        if (!is_namespace) {
            return !is_first;
        }
        path.remove_prefix(slash + 1);
        is_first = false;
    }
}

}  // namespace innergate::handlers::domain
