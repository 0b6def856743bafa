// No statement of a store may read a large table from end to end, on either database.
#include <algorithm>
#include <array>
#include <cctype>
#include <deque>
#include <ostream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "handlers/stores/queries.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::db {

// NOLINTNEXTLINE(misc-use-anonymous-namespace): found by argument-dependent lookup
static std::ostream& operator<<(std::ostream& out, const Query& query) {
    return out << query.name;
}

}  // namespace innergate::db

namespace innergate::test {
namespace {

using db::Dialect;
using db::Query;

constexpr long long kSmallTable = 1000;

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
    db::Session& session = database.session();
    if (session.dialect() == Dialect::postgresql) {
        session.execute_once("set statement_timeout = 0");  // a busy machine takes its time here
    }
    session.execute_once("begin");
    for (const std::string_view statement : kFill) {
        session.execute_once(fmt::format(
            "with recursive numbers(n) as "
            "(select 1 union all select n + 1 from numbers where n < 100000) {}",
            statement
        ));
    }
    session.execute_once("commit");
    session.execute_once("analyze");
}

TestDatabase& large_database(Dialect dialect) {
    static SharedDatabases databases{fill};
    return databases.on(dialect);
}

/// A statement known only at run time. Its text stays, because a session knows its statements by
/// the address of their text.
Query query_of(std::string sql) {
    static std::deque<std::string> texts;
    texts.push_back(std::move(sql));
    return Query{"test.run_time", texts.back()};
}

std::vector<std::string> explain_on_sqlite(db::Session& session, const Query& query) {
    std::vector<std::string> lines;
    int id = 0;
    int parent = 0;
    int unused = 0;
    std::string detail;
    session.fetch_each(
        query_of("explain query plan " + std::string{query.sql}),
        [&] { lines.push_back(detail); },
        soci::into(id),
        soci::into(parent),
        soci::into(unused),
        soci::into(detail)
    );
    return lines;
}

/// With PostgreSQL's numbered parameters, each name one number.
std::string numbered(std::string_view sql, std::size_t& count) {
    static const std::regex name{R"((^|[^:]):([a-z_]+))"};
    std::vector<std::string> names;
    std::string text{sql};
    std::smatch match;
    while (std::regex_search(text, match, name)) {
        auto known = std::ranges::find(names, match[2].str());
        if (known == names.end()) {
            known = names.insert(names.end(), match[2].str());
        }
        text = match.prefix().str() + match[1].str() +
               fmt::format("${}", known - names.begin() + 1) + match.suffix().str();
    }
    count = names.size();
    return text;
}

/// The plan for values not known yet, as a kept statement is run once it was run a few times.
std::vector<std::string> explain_on_postgresql(db::Session& session, const Query& query) {
    static int number = 0;
    const std::string name = fmt::format("explained_{}", ++number);
    std::size_t parameters = 0;
    const std::string sql = numbered(query.sql, parameters);
    session.execute_once(fmt::format("prepare {} as {}", name, sql));
    session.execute_once("set plan_cache_mode = force_generic_plan");
    std::string nulls = parameters == 0 ? "" : "null";
    for (std::size_t parameter = 1; parameter < parameters; ++parameter) {
        nulls += ", null";
    }
    std::vector<std::string> lines;
    std::string line;
    session.fetch_each(
        query_of(fmt::format(
            "explain (costs off) execute {}{}", name, nulls.empty() ? "" : "(" + nulls + ")"
        )),
        [&] { lines.push_back(line); },
        soci::into(line)
    );
    return lines;
}

/// Tables small enough to be read whole; everything else that is named in a scan is not.
std::set<std::string> small_tables(db::Session& session) {
    std::set<std::string> small;
    for (const std::string_view table :
         {"plans", "application_settings", "broadcast_messages", "subscription_add_ons"}) {
        long long count = 0;
        session.fetch_one(
            query_of(fmt::format("select count(*) from {}", table)), soci::into(count)
        );
        if (count <= kSmallTable) {
            small.emplace(table);
        }
    }
    return small;
}

/// Tables that a statement has to count: whoever shows a list in pages says how long it is.
std::set<std::string> counted_tables(const Query& query) {
    if (query.name == "limit_exclusions.list") {
        return {"namespaces_storage_limit_exclusions"};
    }
    return {};
}

/// The names that a statement gives to its own parts, and to tables that are small.
std::set<std::string> parts(std::string_view sql) {
    static const std::array patterns{
        std::regex{R"((\w+)\s*\([\w\s,]*\)\s+as\s+(?:materialized\s+)?\()"},
        std::regex{R"((\w+)\s+as\s+(?:materialized\s+)?\()"},
        std::regex{R"(\)\s+as\s+(\w+))"},
        std::regex{R"((?:plans|application_settings|subscription_add_ons)\s+as\s+(\w+))"},
    };
    const std::string text{sql};
    std::set<std::string> names;
    for (const std::regex& pattern : patterns) {
        for (std::sregex_iterator match{text.begin(), text.end(), pattern}, end; match != end;
             ++match) {
            names.insert((*match)[1].str());
        }
    }
    return names;
}

/// The table or part that a line of a plan reads from end to end; empty: none.
std::string scanned(const std::vector<std::string>& plan, std::size_t index, Dialect dialect) {
    // To build an index or a filter for one use it reads the table from end to end; by an index of
    // which only the kind of a thing is given it reads a large part.
    static const std::regex on_sqlite{
        R"(^(?:SCAN (?!CONSTANT ROW|\(subquery)|BLOOM FILTER ON |SEARCH (?=\S+ USING AUTOMATIC)|)"
        R"(SEARCH (?=\S+ USING [^(]*\((?:source_type|type)=\?\)))(\S+))"};
    static const std::regex on_postgresql{
        R"((?:Seq Scan|Index Scan|Index Only Scan)(?: Backward)?(?: using \S+)? on (\S+))"};
    const std::string& line = plan[index];
    std::smatch match;
    if (!std::regex_search(line, match, dialect == Dialect::sqlite ? on_sqlite : on_postgresql)) {
        return {};
    }
    // It has the running jobs only: as many rows as there are runners.
    static constexpr std::string_view kFewRows = "index_post_receive_jobs_on_gl_repository_running";
    if (line.find(kFewRows) != std::string::npos) {
        return {};
    }
    static const std::regex kind_only{R"(Index Cond: \((?:source_type|type) = '[^']*'::text\)$)"};
    const bool is_index_search = dialect == Dialect::postgresql && index + 1 < plan.size() &&
                                 plan[index + 1].find("Index Cond") != std::string::npos &&
                                 !std::regex_search(plan[index + 1], kind_only);
    return is_index_search ? std::string{} : match[1].str();
}

std::string joined(const std::vector<std::string>& lines) {
    return fmt::format("\n{}", fmt::join(lines, "\n"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(query_plans)

BOOST_DATA_TEST_CASE(
    no_table_is_read_from_end_to_end,
    boost::unit_test::data::make(dialects()) *
        boost::unit_test::data::make(handlers::all_queries()),
    dialect,
    query
) {
    if (query.only && *query.only != dialect) {
        return;  // not its SQL
    }
    db::Session& session = large_database(dialect).session();
    const std::vector<std::string> plan = dialect == Dialect::sqlite
                                              ? explain_on_sqlite(session, query)
                                              : explain_on_postgresql(session, query);
    // SQLite has no plan for a row of given values.
    BOOST_TEST_REQUIRE((!plan.empty() || query.access == db::Access::write));
    BOOST_TEST_MESSAGE(joined(plan));
    std::set<std::string> allowed = small_tables(session);
    allowed.insert("json_each");  // a list that was handed in
    allowed.merge(parts(query.sql));
    allowed.merge(counted_tables(query));
    for (std::size_t index = 0; index < plan.size(); ++index) {
        const std::string table = scanned(plan, index, dialect);
        BOOST_TEST(
            (table.empty() || allowed.contains(table)), table << " is scanned" << joined(plan)
        );
    }
}

// A test that cannot fail proves nothing.
BOOST_DATA_TEST_CASE(scans_are_noticed, dialects(), dialect) {
    db::Session& session = large_database(dialect).session();
    const Query scanning{"test.scan", "select id from users where name = :name"};
    const std::vector<std::string> plan = dialect == Dialect::sqlite
                                              ? explain_on_sqlite(session, scanning)
                                              : explain_on_postgresql(session, scanning);
    std::vector<std::string> tables;
    for (std::size_t index = 0; index < plan.size(); ++index) {
        tables.push_back(scanned(plan, index, dialect));
    }
    BOOST_TEST(std::ranges::count(tables, "users") == 1, joined(plan));
}

BOOST_DATA_TEST_CASE(searches_for_a_kind_are_noticed, dialects(), dialect) {
    db::Session& session = large_database(dialect).session();
    const Query searching{"test.kind", "select count(*) from routes where source_type = 'Project'"};
    const std::vector<std::string> plan = dialect == Dialect::sqlite
                                              ? explain_on_sqlite(session, searching)
                                              : explain_on_postgresql(session, searching);
    std::vector<std::string> tables;
    for (std::size_t index = 0; index < plan.size(); ++index) {
        tables.push_back(scanned(plan, index, dialect));
    }
    BOOST_TEST(std::ranges::count(tables, "routes") == 1, joined(plan));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
