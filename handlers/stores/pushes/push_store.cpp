#include "handlers/stores/pushes/push_store.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/git/default_branch_store.hpp"

namespace innergate::handlers {
namespace {

constexpr std::chrono::seconds kCounterLifetime{600};

constexpr db::Query kBegin{
    "reference_counters.begin",
    R"sql(
    insert into reference_counters (gl_repository, value, expires_at)
    values (:gl_repository, 1, :expires_at)
    on conflict (gl_repository) do update
       set value = case when reference_counters.expires_at > :now
                        then reference_counters.value + 1 else 1 end,
           expires_at = :expires_at)sql",
    db::Access::write,
};

// One statement decides and writes. A read and a later write could lose an end to a push that
// begins in between. A row whose value is 0 is kept: it is locked until the transaction ends.
constexpr db::Query kEnd{
    "reference_counters.end",
    R"sql(
    update reference_counters
       set value = value - 1
     where gl_repository = :gl_repository
       and value > 0
       and expires_at > :now)sql",
    db::Access::write,
};

constexpr db::Query kQueueJob{
    "post_receive_jobs.queue",
    R"sql(
    insert into post_receive_jobs (gl_repository, identifier, user_id, project_id, changes,
                                   push_options, new_default_branch, run_at, correlation_id,
                                   created_at, updated_at)
    values (:gl_repository, :identifier,
            (select id from users where id = :user_id),
            (select id from projects where id = :project_id),
            :changes, :push_options, :new_default_branch, :now, :correlation_id, :now, :now))sql",
    db::Access::write,
};

struct Message {
    std::string kind;
    std::string text;
    Timestamp expires_at;
};

constexpr auto kMessage = db::columns<Message>(
    db::column("kind", &Message::kind),
    db::column("message", &Message::text),
    db::column("expires_at", &Message::expires_at)
);

constexpr auto kTakeMessages = db::writing(
    "post_push_messages.take",
    R"sql(
    delete from post_push_messages
     where user_id = :user_id
       and gl_repository = :gl_repository
    returning)sql",
    kMessage
);

constexpr auto kProject = db::columns<PushedProject>(
    db::column("projects.id", &PushedProject::id),
    db::column("routes.path", &PushedProject::full_path),
    db::flag(
        "projects.printing_merge_request_link_enabled", &PushedProject::prints_merge_request_links
    ),
    db::flag(
        R"sql(
               projects.merge_requests_allowed
               and coalesce(project_features.merge_requests_access_level, 20) > 0)sql",
        &PushedProject::is_merge_requests_enabled
    ),
    db::flag("projects.empty_repo", &PushedProject::is_repository_empty),
    db::column("projects.default_branch", &PushedProject::default_branch),
    db::column("projects.repository_storage", &PushedProject::storage),
    // The path as it is stored, which may be empty.
    db::column("coalesce(projects.disk_path, '')", &PushedProject::relative_path)
);

constexpr auto kFindProject = db::reading("pushed_projects.find", "select", kProject, R"sql(
      from projects
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      left join project_features on project_features.project_id = projects.id
     where projects.id = :project_id
       and not projects.pending_delete)sql");

constexpr db::Query kFindDesignRepository{"pushed_projects.of_design_repository", R"sql(
    select project_id
      from design_management_repositories
     where id = :id)sql"};

constexpr db::Query kFindSnippet{"pushed_projects.of_snippet", R"sql(
    select project_id
      from snippets
     where id = :id)sql"};

std::optional<long long> value_of(const std::optional<UserId>& id) {
    return id ? std::optional{id->value} : std::nullopt;
}
std::optional<long long> value_of(const std::optional<ProjectId>& id) {
    return id ? std::optional{id->value} : std::nullopt;
}

}  // namespace

void PushStore::begin(const std::string& gl_repository, Timestamp now) {
    const Timestamp expires_at = now + kCounterLifetime;
    session_.execute(
        kBegin,
        soci::use(gl_repository, "gl_repository"),
        soci::use(expires_at, "expires_at"),
        soci::use(now, "now")
    );
}

PushOutcome PushStore::finish(const FinishedPush& push, Timestamp now) {
    db::Transaction transaction{session_};
    PushOutcome outcome;
    count_end(push.gl_repository, now);
    if (push.first_default_branch && push.project_id &&
        DefaultBranchStore{session_}.settle(*push.project_id, *push.first_default_branch)) {
        outcome.new_default_branch = push.first_default_branch;
    }
    queue_job(push, outcome.new_default_branch, now);
    if (push.messages_for) {
        outcome.messages = take_messages(*push.messages_for, push.gl_repository, now);
    }
    transaction.commit();
    return outcome;
}

void PushStore::count_end(const std::string& gl_repository, Timestamp now) {
    session_.execute(kEnd, soci::use(gl_repository, "gl_repository"), soci::use(now, "now"));
}

void PushStore::queue_job(
    const FinishedPush& push, const std::optional<std::string>& new_default_branch, Timestamp now
) {
    const std::optional<long long> user_id = value_of(push.user_id);
    const std::optional<long long> project_id = value_of(push.project_id);
    session_.execute(
        kQueueJob,
        soci::use(push.gl_repository, "gl_repository"),
        soci::use(push.identifier, "identifier"),
        soci::use(user_id, "user_id"),
        soci::use(project_id, "project_id"),
        soci::use(push.changes, "changes"),
        soci::use(push.push_options, "push_options"),
        soci::use(new_default_branch, "new_default_branch"),
        soci::use(push.correlation_id, "correlation_id"),
        soci::use(now, "now")
    );
}

std::vector<std::string> PushStore::take_messages(
    UserId user_id, const std::string& gl_repository, Timestamp now
) {
    std::vector<Message> messages = session_.fetch_rows(
        kTakeMessages, soci::use(user_id, "user_id"), soci::use(gl_repository, "gl_repository")
    );
    std::erase_if(messages, [now](const Message& message) { return message.expires_at <= now; });
    // `moved` before `created`, whichever the database gave first.
    std::ranges::sort(messages, std::greater{}, &Message::kind);
    std::vector<std::string> texts;
    std::ranges::transform(messages, std::back_inserter(texts), [](Message& taken) {
        return std::move(taken.text);
    });
    return texts;
}

std::optional<PushedProject> PushStore::find_project(ProjectId id) {
    std::optional<PushedProject> project =
        session_.fetch_row(kFindProject, soci::use(id, "project_id"));
    if (project) {
        project->relative_path =
            domain::git_access::relative_path_of_project(project->id, project->relative_path);
    }
    return project;
}

std::optional<ProjectId> PushStore::find_project_of_design_repository(long long id) {
    ProjectId project_id;
    const bool found = session_.fetch_one(
        kFindDesignRepository, soci::use(id, "id"), soci::into(project_id.value)
    );
    return found ? std::optional{project_id} : std::nullopt;
}

std::optional<PushStore::Snippet> PushStore::find_snippet(long long id) {
    std::optional<long long> project_id;
    if (!session_.fetch_one(kFindSnippet, soci::use(id, "id"), soci::into(project_id))) {
        return std::nullopt;
    }
    return Snippet{project_id ? std::optional{ProjectId{*project_id}} : std::nullopt};
}

}  // namespace innergate::handlers
