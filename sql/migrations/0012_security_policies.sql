-- Which scans run when: policies of a project or group, kept as a file of a policy management project.

CREATE TABLE security_policy_configurations (
    id @identity@,
    project_id @bigint@ REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    namespace_id @bigint@ REFERENCES namespaces (id) ON DELETE CASCADE DEFERRABLE,
    security_policy_management_project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    CHECK ((project_id IS NULL) <> (namespace_id IS NULL))
) @strict@;
CREATE UNIQUE INDEX index_security_policy_configurations_on_project_id ON security_policy_configurations (project_id)
    WHERE project_id IS NOT NULL;
CREATE UNIQUE INDEX index_security_policy_configurations_on_namespace_id
    ON security_policy_configurations (namespace_id) WHERE namespace_id IS NOT NULL;
CREATE INDEX index_security_policy_configurations_on_management_project
    ON security_policy_configurations (security_policy_management_project_id);

-- Stands in for .gitlab/security-policies/policy.yml of the management project's default branch.
CREATE TABLE security_policy_documents (
    id @identity@,
    security_policy_management_project_id @bigint@ NOT NULL UNIQUE
        REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- YAML.
    content text NOT NULL,
    -- When the file last changed, by its committer.
    committed_at @timestamp@ NOT NULL
) @strict@;

CREATE TABLE project_compliance_frameworks (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    framework_id @bigint@ NOT NULL,
    UNIQUE (project_id, framework_id)
) @strict@;
