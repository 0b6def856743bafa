#include "tests/integration/plans/large_database.hpp"

#include <array>

#include "tests/support/numbered_rows.hpp"

namespace innergate::test {
namespace {

/// 100 000 rows in each table that grows with the instance. Ten groups hold a tree of a thousand
/// subgroups; the other namespaces are personal ones.
constexpr std::array kFill{
    "insert into users (id, username, name, email) "
    "select n, 'user' || n, 'User ' || n, 'user' || n || '@example.com' from numbers",
    "insert into emails (user_id, email) "
    "select n, 'further' || n || '@example.com' from numbers",
    "insert into keys (user_id, title, key, fingerprint_sha256) "
    "select n, 'title', 'ssh-ed25519 ' || n, "
    "'1234567890123456789012345678901234567' || (100000 + n) from numbers where n < 100000",
    "insert into personal_access_tokens (user_id, name, token_digest) "
    "select n, 'token', 'digest' || n from numbers",
    "insert into namespaces (id, type, parent_id, owner_id, name, path) "
    "select n, case when n <= 1010 then 'Group' else 'User' end, "
    "case when n > 10 and n <= 1010 then (n + 89) / 100 end, "
    "case when n > 1010 then n end, 'name' || n, 'path' || n from numbers",
    "insert into routes (source_type, source_id, path) "
    "select 'Namespace', id, 'path' || id from namespaces",
    "insert into projects (id, namespace_id, name, path) "
    "select n, n, 'project' || n, 'project' || n from numbers",
    "insert into routes (source_type, source_id, path) "
    "select 'Project', id, 'path' || id || '/project' from projects",
    "insert into members (user_id, source_type, source_id, access_level) "
    "select n, 'Namespace', n % 1010 + 1, 30 from numbers",
    "insert into members (user_id, source_type, source_id, access_level) "
    "select n, 'Project', n, 30 from numbers",
    "insert into group_ssh_certificates (namespace_id, title, key, fingerprint) "
    "select n, 'title', 'key', '1234567890123456789012345678901234567' || (100000 + n) "
    "from numbers where n < 100000",
    "insert into webauthn_registrations (user_id, name, credential_xid) "
    "select n, 'name', 'xid' || n from numbers",
    "insert into reference_counters (gl_repository, value, expires_at) "
    "select 'project-' || n, 1, '2030-01-01T00:00:00.000Z' from numbers",
    // Long because failed jobs stay until somebody looks after them.
    "insert into post_receive_jobs (gl_repository, identifier, changes, state, claimed_until) "
    "select 'project-' || (n % 10000), 'user-1', '', "
    "case when n % 100 = 0 then 'waiting' when n <= 5 then 'running' else 'failed' end, "
    "case when n <= 5 then current_timestamp end from numbers",
    "insert into gitlab_subscriptions (namespace_id, hosted_plan_id, start_date, seats) "
    "select n, 5, '2024-01-01', 10 from numbers",
    "insert into subscription_add_ons (id, name, description) values (1, 'code_suggestions', '')",
    "insert into subscription_add_on_purchases (subscription_add_on_id, namespace_id, quantity, "
    "started_at, expires_on, purchase_xid) "
    "select 1, n, 1, '2024-01-01', '2025-01-01', 'xid' from numbers",
    "insert into ci_minutes_additional_packs (namespace_id, number_of_minutes, expires_at, "
    "purchase_xid) select n, 1000, '2024-01-01', 'xid' || n from numbers",
    "insert into namespaces_storage_limit_exclusions (namespace_id, reason) "
    "select n, 'reason' from numbers",
    "insert into upcoming_reconciliations (namespace_id, next_reconciliation_date, "
    "display_alert_from) select n, '2024-01-01', '2024-01-01' from numbers",
    "insert into user_credit_card_validations (user_id, credit_card_validated_at, "
    "zuora_payment_method_xid) select n, '2024-01-01T00:00:00.000Z', 'xid' || n from numbers",
    "insert into group_notification_emails (user_id, namespace_id, email) "
    "select n, n % 1010 + 1, 'group@example.com' from numbers",
    "insert into project_features (project_id) select n from numbers",
    "insert into redirect_routes (source_type, source_id, path) "
    "select 'Project', n, 'before' || n || '/project' from numbers",
    "insert into deploy_keys_projects (deploy_key_id, project_id) "
    "select id, id from keys where id <= 99990",
    "insert into project_group_links (project_id, group_id) select n, n % 1010 + 1 from numbers",
    "insert into group_group_links (shared_group_id, shared_with_group_id) "
    "select n % 1010 + 1, 1011 + n / 1010 from numbers",
    "insert into identities (user_id, provider, extern_uid) "
    "select n, 'ldapmain', 'user' || n from numbers",
    "insert into saml_providers (id, group_id) select n, n from numbers",
    "insert into identities (user_id, provider, saml_provider_id, extern_uid) "
    "select n, 'group_saml', n % 1010 + 1, 'uid' || n from numbers",
    "insert into scim_oauth_access_tokens (group_id, token_digest) "
    "select n % 1010 + 1, 'digest' || n from numbers",
    "insert into scim_identities (id, group_id, user_id, extern_uid, user_name) "
    "select n, n % 1010 + 1, n, 'uid' || n, 'name' || n from numbers",
    "insert into scim_identities (id, user_id, extern_uid, user_name) "
    "select n + 200000, n, 'uid' || n, 'name' || n from numbers",
    "insert into scim_identity_aliases (scim_identity_id, group_id, extern_uid) "
    "select id, group_id, 'before' || id from scim_identities",
    "insert into scim_identity_attributes (scim_identity_id, name, value) "
    "select id, 'title', 'Director' from scim_identities",
    "insert into allowed_email_domains (group_id, domain) select n, 'example.com' from numbers",
    "insert into ip_restrictions (group_id, range) select n, '192.0.2.0/24' from numbers",
    "insert into protected_branches (id, project_id, name) select n, n, 'main' from numbers",
    "insert into protected_branches (id, namespace_id, name) select n + 200000, n, 'main' from "
    "numbers",
    "insert into protected_branch_push_access_levels (protected_branch_id) select n from numbers",
    "insert into protected_branch_merge_access_levels (protected_branch_id) select n from numbers",
    "insert into protected_tags (id, project_id, name) select n, n, 'v*' from numbers",
    "insert into protected_tag_create_access_levels (protected_tag_id) select n from numbers",
    "insert into merge_requests (iid, source_project_id, source_branch, target_project_id, "
    "target_branch, author_id, state_id, allow_maintainer_to_push) "
    "select n, n % 1000 + 1, 'branch' || n, n % 1000 + 2, 'main', n, n % 4 + 1, n % 20 = 0 "
    "from numbers",
    "insert into snippets (type, title, author_id, project_id) "
    "select 'ProjectSnippet', 'title', n, n from numbers",
    "insert into design_management_repositories (project_id) select n from numbers",
    "insert into lfs_objects (id, oid, size) "
    "select n, '1234567890123456789012345678901234567890123456789012345678' || (100000 + n), 1 "
    "from numbers where n < 100000",
    "insert into lfs_objects_projects (lfs_object_id, project_id) select id, id from lfs_objects",
    "insert into lfs_file_locks (project_id, user_id, path) select n, n, 'file' from numbers",
    "insert into post_push_messages (kind, user_id, gl_repository, message, expires_at) "
    "select 'moved', n, 'project-' || n, 'text', '2024-01-01T00:00:00.000Z' from numbers",
    "insert into cluster_agents (id, project_id, name, created_by_user_id) "
    "select n, n, 'agent', n from numbers",
    "insert into cluster_agent_tokens (agent_id, name, token_digest) "
    "select n, 'token', 'digest' || n from numbers",
    "insert into agent_activity_events (agent_id, kind, level, recorded_at) "
    "select n % 1000 + 1, 2, 1, '2024-01-01T00:00:00.000Z' from numbers",
    "insert into feature_flags (name) select 'flag' || n from numbers",
    "insert into kas_unique_events (event_name, iso_week, entity_id) "
    "select 'event', '2024-01', n from numbers",
    "insert into kas_events (name, user_id, project_id) select 'event', n, n from numbers",
    "insert into vulnerability_scanners (id, project_id, external_id, name) "
    "select n, n, 'trivy', 'Trivy' from numbers",
    "insert into vulnerability_identifiers (id, project_id, fingerprint, external_type, "
    "external_id, name) select n, n, '0123456789012345678901234567890123' || (100000 + n), 'cve', "
    "'CVE', 'CVE' from numbers where n < 100000",
    // Not only one of each project.
    "insert into vulnerabilities (id, project_id, title, severity, state, report_type) "
    "select n, n % 5000 + 1, 'CVE', 6, n % 4 + 1, 7 from numbers where n < 100000",
    "insert into vulnerability_findings (id, uuid, project_id, vulnerability_id, scanner_id, "
    "primary_identifier_id, report_type, severity, name, location, location_agent_id, "
    "location_fingerprint, metadata_version) "
    "select id, '012345678901234567890123456789' || (100000 + id), project_id, id, id, id, 7, 6, "
    "'CVE', '{}', '1', '0123456789012345678901234567890123456789', '1' from vulnerabilities",
    "update vulnerabilities set finding_id = id where id < (select count(*) from numbers)",
    "insert into vulnerability_finding_identifiers (finding_id, identifier_id) "
    "select id, id from vulnerabilities",
    "insert into vulnerability_state_transitions (vulnerability_id, from_state, to_state) "
    "select id, 3, 1 from vulnerabilities",
    "insert into project_security_statistics (project_id) select n from numbers",
    "insert into security_policy_configurations (project_id, "
    "security_policy_management_project_id) select n, n from numbers",
    "insert into security_policy_configurations (namespace_id, "
    "security_policy_management_project_id) select n, n from numbers where n <= 1010",
    "insert into security_policy_documents (security_policy_management_project_id, content, "
    "committed_at) select n, '', '2024-01-01T00:00:00.000Z' from numbers",
    "insert into project_compliance_frameworks (project_id, framework_id) select n, 1 from numbers",
    "insert into error_tracking_client_keys (project_id, public_key) "
    "select n % 1000 + 1, 'glet_' || n from numbers",
    "insert into project_feature_flags (project_id, name) select n, 'flag' from numbers",
    "insert into agent_project_authorizations (agent_id, project_id) select n, n from numbers",
    "insert into agent_group_authorizations (agent_id, group_id) select n, n from numbers",
    "insert into agent_user_access_project_authorizations (agent_id, project_id) "
    "select n, n from numbers",
    "insert into agent_user_access_group_authorizations (agent_id, group_id) "
    "select n, n from numbers",
    "insert into cluster_agent_url_configurations (agent_id, url, status) "
    "select n, 'grpc://agent', case when n % 1000 = 0 then 0 else 1 end from numbers",
};

void fill(TestDatabase& database) {
    constexpr int kRows = 100'000;
    run_over_numbers(database.session(), kFill, kRows);
}

}  // namespace

TestDatabase& large_database(db::Dialect dialect) {
    static SharedDatabases databases{fill};
    return databases.on(dialect);
}

}  // namespace innergate::test
