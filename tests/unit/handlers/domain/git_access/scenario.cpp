#include "tests/unit/handlers/domain/git_access/scenario.hpp"

#include <algorithm>
#include <utility>

namespace innergate::handlers::domain::git_access {
namespace {

std::string line(std::string_view old_id, std::string_view new_id, std::string_view ref) {
    std::string text{old_id};
    text.append(" ").append(new_id).append(" ").append(ref).append("\n");
    return text;
}

std::string joined(std::span<const std::string> words) {
    std::string text;
    for (const std::string& word : words) {
        text += ' ';
        text += word;
    }
    return text;
}

}  // namespace

void FakeInspection::fail(InspectionFailure::Kind kind) {
    const auto failure = tl::unexpected(InspectionFailure{kind, "/srv/git: gone"});
    exists_answer = failure;
    is_empty_answer = failure;
    default_branch_answer = failure;
    is_ancestor_answer = failure;
    branches_answer = failure;
    pointers_answer = failure;
    blobs_answer = failure;
    paths_answer = failure;
    file_count_answer = failure;
}

std::size_t FakeInspection::times_asked(std::string_view question) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        questions, [question](const std::string& asked) { return asked.starts_with(question); }
    ));
}

void FakeInspection::asked(std::string question) {
    questions.push_back(std::move(question));
    on_question();
}

Inspected<bool> FakeInspection::exists() {
    asked("exists");
    return exists_answer;
}

Inspected<bool> FakeInspection::is_empty() {
    asked("is_empty");
    return is_empty_answer;
}

Inspected<bool> FakeInspection::has_branch(std::string_view name) {
    asked("has_branch");
    return default_branch_answer.map([name](const std::optional<std::string>& branch) {
        return branch == name;
    });
}

Inspected<std::optional<std::string>> FakeInspection::default_branch() {
    asked("default_branch");
    return default_branch_answer;
}

Inspected<bool> FakeInspection::is_ancestor(
    std::string_view ancestor, std::string_view descendant
) {
    asked("is_ancestor " + std::string{ancestor} + " " + std::string{descendant});
    return is_ancestor_answer;
}

Inspected<std::vector<std::string>> FakeInspection::branches_containing(std::string_view commit) {
    asked("branches_containing " + std::string{commit});
    return branches_answer;
}

Inspected<std::vector<LfsPointer>> FakeInspection::new_lfs_pointers(
    std::span<const std::string> tips
) {
    asked("new_lfs_pointers" + joined(tips));
    return pointers_answer;
}

Inspected<std::vector<BlobSize>> FakeInspection::new_blobs_over(
    std::span<const std::string> tips, std::uint64_t bytes
) {
    asked("new_blobs_over " + std::to_string(bytes) + joined(tips));
    return blobs_answer;
}

Inspected<std::optional<std::string>> FakeInspection::first_changed_path(
    std::string_view old_commit, std::string_view new_commit, std::span<const std::string> paths
) {
    asked(
        "first_changed_path " + std::string{old_commit} + " " + std::string{new_commit} +
        joined(paths)
    );
    return paths_answer.map(
        [paths](const std::vector<std::string>& changed) -> std::optional<std::string> {
            const auto found = std::ranges::find_first_of(changed, paths);
            return found == changed.end() ? std::nullopt : std::optional{*found};
        }
    );
}

Inspected<std::size_t> FakeInspection::file_count(std::string_view commit) {
    asked("file_count " + std::string{commit});
    return file_count_answer;
}

Scenario::Scenario() {
    now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};
    settings.instance_url = "https://gitlab.example.com";
    request.action = "git-upload-pack";
    request.protocol = "ssh";
    request.path.path = "group/project";
    request.changes = "_any";
    actor.user = UserFacts{};
    actor.user->id = UserId{7};
    actor.user->username = "jane";
    standing.role = Role::maintainer;
    ProjectFacts facts;
    facts.id = ProjectId{3};
    facts.full_path = "group/project";
    facts.root_namespace_path = "group";
    facts.default_branch = "main";
    container = ContainerFacts{};
    container->project = facts;
}

void Scenario::pushes(std::string changes) {
    pushes();
    request.changes = std::move(changes);
    request.gl_repository.emplace(GlRepository{.kind = request.path.kind, .id = 3});
    request.path.path = "var/opt/gitlab/git-data/repositories/@hashed/4e/07/4e07";
}

void Scenario::without_user() {
    actor = {};
    standing = {};
}

void Scenario::as_admin() {
    user().is_admin = true;
    standing.role = Role::none;
}

void Scenario::with_key() {
    actor.key.emplace().id = KeyId{11};
}

void Scenario::with_deploy_key() {
    with_key();
    present(actor.key).is_deploy_key = true;
    standing.is_deploy_key_enabled = true;
    standing.can_deploy_key_push = true;
}

void Scenario::named(ContainerKind kind) {
    request.path.kind = kind;
    if (request.gl_repository) {
        request.gl_repository->emplace(GlRepository{.kind = kind, .id = 3});
    }
    if (container) {
        container->kind = kind;
    }
}

void Scenario::on_snippet(bool is_personal) {
    named(ContainerKind::snippet);
    ContainerFacts& facts = present(container);
    SnippetFacts& snippet = facts.snippet.emplace();
    snippet.id = 5;
    snippet.author_id = actor.user ? actor.user->id : UserId{7};
    snippet.default_branch = "main";
    if (is_personal) {
        facts.project.reset();
        request.path.path.clear();
    }
}

void Scenario::without_container() {
    container.reset();
    standing = {};
}

DecisionInput Scenario::input() {
    return {
        .request = request,
        .actor = actor,
        .instance = instance,
        .container = container,
        .standing = standing,
        .push = push,
        .settings = settings,
        .now = now,
        .can_create_project = [this] { return can_create_project; },
        .missing_lfs_objects =
            [this](ProjectId, std::span<const std::string> oids) {
                std::vector<std::string> missing;
                std::ranges::copy_if(
                    oids,
                    std::back_inserter(missing),
                    [this](const std::string& oid) {
                        return std::ranges::find(missing_lfs_objects, oid) !=
                               missing_lfs_objects.end();
                    }
                );
                return missing;
            },
        .trace = trace,
    };
}

Decision Scenario::decide() {
    const DecisionInput given = input();
    const Budget time{clock, budget};
    return git_access::decide(given, inspection, time);
}

std::string summary(const Decision& decision) {
    switch (decision.kind) {
        case Decision::Kind::granted:
            return "granted";
        case Decision::Kind::create_project:
            return "create";
        case Decision::Kind::refused:
            break;
    }
    return decision.refusal.rule + " " + std::to_string(decision.refusal.status) + " " +
           decision.refusal.message;
}

std::ostream& operator<<(std::ostream& out, const DecisionExample& example) {
    return out << example.name;
}

std::string decide_example(const DecisionExample& example) {
    Scenario scenario;
    example.arrange(scenario);
    return summary(scenario.decide());
}

std::string created(std::string_view ref) {
    return line(kZeroId, kNewId, ref);
}

std::string updated(std::string_view ref) {
    return line(kOldId, kNewId, ref);
}

std::string deleted(std::string_view ref) {
    return line(kOldId, kZeroId, ref);
}

ProtectionRow level_row(Role level) {
    return {.subject = ProtectionRow::Subject::role, .level = level, .names_actor = false};
}

}  // namespace innergate::handlers::domain::git_access
