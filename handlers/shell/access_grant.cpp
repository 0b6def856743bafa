#include "handlers/shell/access_grant.hpp"

namespace innergate::handlers::shell {
namespace {

void write_texts(
    json::Writer& writer, std::string_view name, const std::vector<std::string>& texts
) {
    writer.key(name);
    writer.begin_array();
    for (const std::string& text : texts) {
        writer.value(text);
    }
    writer.end_array();
}

void write_gitaly(
    json::Writer& writer, const AccessGrant::Gitaly& gitaly, const AccessGrant& grant
) {
    writer.key("gitaly");
    writer.begin_object();
    writer.key("repository");
    writer.begin_object();
    writer.member("storage_name", gitaly.storage_name);
    writer.member("relative_path", gitaly.relative_path);
    writer.member("git_object_directory", gitaly.quarantine.object_directory);
    write_texts(writer, "git_alternate_object_directories", gitaly.quarantine.alternates);
    writer.member("gl_repository", grant.gl_repository);
    writer.member("gl_project_path", grant.gl_project_path);
    writer.end_object();
    writer.member("address", gitaly.address);
    writer.member("token", gitaly.token);
    // Feature flags for Gitaly, which this server has none of.
    writer.key("features");
    writer.begin_object();
    writer.end_object();
    writer.end_object();
}

}  // namespace

std::string gl_id_of(const domain::git_access::Actor& actor) {
    return actor.user ? "user-" + std::to_string(actor.user->id.value) : std::string{};
}

void write_json(json::Writer& writer, const AccessGrant& grant) {
    writer.begin_object();
    writer.member("status", true);
    writer.member("gl_repository", grant.gl_repository);
    writer.member("gl_project_path", grant.gl_project_path);
    if (grant.gl_project_id) {
        writer.member("gl_project_id", *grant.gl_project_id);
    }
    if (grant.gl_root_namespace_id) {
        writer.member("gl_root_namespace_id", *grant.gl_root_namespace_id);
    }
    writer.member("gl_id", grant.gl_id);
    if (grant.gl_username) {
        writer.member("gl_username", *grant.gl_username);
    }
    if (grant.key) {
        writer.member("gl_key_type", grant.key->is_deploy_key ? "deploy_key" : "key");
        writer.member("gl_key_id", grant.key->id);
    }
    write_texts(writer, "git_config_options", grant.git_config_options);
    if (grant.gitaly) {
        write_gitaly(writer, *grant.gitaly, grant);
    }
    write_texts(writer, "gl_console_messages", grant.gl_console_messages);
    writer.member("need_audit", false);
    writer.end_object();
}

}  // namespace innergate::handlers::shell
