#include "admin/jobs/job_document.hpp"

#include "admin/import/json_text.hpp"

#include "app/json/writer.hpp"
#include "app/time_format.hpp"

namespace innergate::admin::jobs {
namespace {

using handlers::PostReceiveJob;

void write_user(json::Writer& writer, const PostReceiveJob& job) {
    writer.key("user");
    if (!job.user_id) {
        writer.null();
        return;
    }
    writer.begin_object();
    writer.member("id", *job.user_id);
    writer.member("username", job.username);
    writer.member("name", job.user_name);
    writer.end_object();
}

}  // namespace

std::string job_document(
    const PostReceiveJob& job, const std::vector<handlers::domain::PushedChange>& changes
) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.member("id", job.id.value);
    writer.member("attempt", job.attempts);
    writer.member("created_at", to_iso8601(job.created_at));
    writer.member("gl_repository", job.gl_repository);
    writer.member("project_id", job.project_id);
    writer.member("project_path", job.project_path);
    writer.member("identifier", job.identifier);
    write_user(writer, job);
    writer.key("changes");
    writer.begin_array();
    for (const handlers::domain::PushedChange& change : changes) {
        writer.begin_object();
        writer.member("old_rev", change.old_rev);
        writer.member("new_rev", change.new_rev);
        writer.member("ref", change.ref);
        writer.end_object();
    }
    writer.end_array();
    writer.key("push_options");
    writer.raw(compact_json(job.push_options).value_or("{}"));
    writer.member("correlation_id", job.correlation_id);
    writer.end_object();
    text += '\n';
    return text;
}

}  // namespace innergate::admin::jobs
