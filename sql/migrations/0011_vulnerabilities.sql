-- Vulnerabilities that agents find in the images of their clusters.

ALTER TABLE cluster_agents ADD COLUMN has_vulnerabilities @boolean@ NOT NULL DEFAULT false
    CHECK (has_vulnerabilities IN (false, true));

CREATE TABLE vulnerability_scanners (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    external_id text NOT NULL CHECK (external_id <> ''),
    name text NOT NULL CHECK (name <> ''),
    vendor text NOT NULL DEFAULT 'GitLab',
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, external_id)
) @strict@;

CREATE TABLE vulnerability_identifiers (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    -- SHA-1 of type, a colon and id, in lower-case hexadecimal.
    fingerprint text NOT NULL CHECK (length(fingerprint) = 40),
    external_type text NOT NULL CHECK (external_type <> ''),
    external_id text NOT NULL CHECK (external_id <> ''),
    name text NOT NULL CHECK (name <> ''),
    url text,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@),
    UNIQUE (project_id, fingerprint)
) @strict@;

CREATE TABLE vulnerabilities (
    id @identity@,
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    author_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    description text CHECK (length(description) <= 15000),
    solution text CHECK (length(solution) <= 7000),
    -- 1 info, 2 unknown, 4 low, 5 medium, 6 high, 7 critical.
    severity @smallint@ NOT NULL CHECK (severity IN (1, 2, 4, 5, 6, 7)),
    -- 1 detected, 2 dismissed, 3 resolved, 4 confirmed.
    state @smallint@ NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 4),
    -- 0 SAST, 1 dependencies, 2 containers, 3 DAST, 4 secrets, 5 coverage fuzzing, 6 API fuzzing, 7 images in
    -- clusters, 99 generic.
    report_type @smallint@ NOT NULL CHECK (report_type BETWEEN 0 AND 7 OR report_type = 99),
    resolved_on_default_branch @boolean@ NOT NULL DEFAULT false CHECK (resolved_on_default_branch IN (false, true)),
    present_on_default_branch @boolean@ NOT NULL DEFAULT true CHECK (present_on_default_branch IN (false, true)),
    detected_at @timestamp@ NOT NULL DEFAULT (@now@),
    confirmed_at @timestamp@,
    confirmed_by_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    dismissed_at @timestamp@,
    dismissed_by_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    resolved_at @timestamp@,
    resolved_by_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_vulnerabilities_on_project_id_report_type_and_state
    ON vulnerabilities (project_id, report_type, state);
CREATE INDEX index_vulnerabilities_on_author_id ON vulnerabilities (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX index_vulnerabilities_on_confirmed_by_id ON vulnerabilities (confirmed_by_id)
    WHERE confirmed_by_id IS NOT NULL;
CREATE INDEX index_vulnerabilities_on_dismissed_by_id ON vulnerabilities (dismissed_by_id)
    WHERE dismissed_by_id IS NOT NULL;
CREATE INDEX index_vulnerabilities_on_resolved_by_id ON vulnerabilities (resolved_by_id)
    WHERE resolved_by_id IS NOT NULL;

-- What a scanner saw, one row for each UUID; its vulnerability is what people look after.
CREATE TABLE vulnerability_findings (
    id @identity@,
    uuid text NOT NULL UNIQUE CHECK (length(uuid) = 36),
    project_id @bigint@ NOT NULL REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    vulnerability_id @bigint@ REFERENCES vulnerabilities (id) ON DELETE CASCADE DEFERRABLE,
    scanner_id @bigint@ NOT NULL REFERENCES vulnerability_scanners (id) ON DELETE CASCADE DEFERRABLE,
    primary_identifier_id @bigint@ NOT NULL REFERENCES vulnerability_identifiers (id) ON DELETE CASCADE DEFERRABLE,
    report_type @smallint@ NOT NULL CHECK (report_type BETWEEN 0 AND 7 OR report_type = 99),
    severity @smallint@ NOT NULL CHECK (severity IN (1, 2, 4, 5, 6, 7)),
    name text NOT NULL CHECK (name <> ''),
    description text CHECK (length(description) <= 15000),
    solution text CHECK (length(solution) <= 7000),
    -- A JSON object, as the agent sent it.
    location text NOT NULL CHECK (location <> ''),
    -- kubernetes_resource.agent_id of the location.
    location_agent_id text,
    -- SHA-1 in lower-case hexadecimal.
    location_fingerprint text NOT NULL CHECK (length(location_fingerprint) = 40),
    metadata_version text NOT NULL,
    created_at @timestamp@ NOT NULL DEFAULT (@now@),
    updated_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_vulnerability_findings_on_project_id ON vulnerability_findings (project_id);
CREATE INDEX index_vulnerability_findings_on_vulnerability_id ON vulnerability_findings (vulnerability_id);
CREATE INDEX index_vulnerability_findings_on_scanner_id ON vulnerability_findings (scanner_id);
CREATE INDEX index_vulnerability_findings_on_primary_identifier_id ON vulnerability_findings (primary_identifier_id);

ALTER TABLE vulnerabilities ADD COLUMN finding_id @bigint@
    REFERENCES vulnerability_findings (id) ON DELETE CASCADE DEFERRABLE;
CREATE UNIQUE INDEX index_vulnerabilities_on_finding_id ON vulnerabilities (finding_id);

CREATE TABLE vulnerability_finding_identifiers (
    id @identity@,
    finding_id @bigint@ NOT NULL REFERENCES vulnerability_findings (id) ON DELETE CASCADE DEFERRABLE,
    identifier_id @bigint@ NOT NULL REFERENCES vulnerability_identifiers (id) ON DELETE CASCADE DEFERRABLE,
    UNIQUE (finding_id, identifier_id)
) @strict@;
CREATE INDEX index_vulnerability_finding_identifiers_on_identifier_id
    ON vulnerability_finding_identifiers (identifier_id);

CREATE TABLE vulnerability_state_transitions (
    id @identity@,
    vulnerability_id @bigint@ NOT NULL REFERENCES vulnerabilities (id) ON DELETE CASCADE DEFERRABLE,
    from_state @smallint@ NOT NULL CHECK (from_state BETWEEN 1 AND 4),
    to_state @smallint@ NOT NULL CHECK (to_state BETWEEN 1 AND 4),
    author_id @bigint@ REFERENCES users (id) ON DELETE SET NULL DEFERRABLE,
    comment text,
    created_at @timestamp@ NOT NULL DEFAULT (@now@)
) @strict@;
CREATE INDEX index_vulnerability_state_transitions_on_vulnerability_id
    ON vulnerability_state_transitions (vulnerability_id);
CREATE INDEX index_vulnerability_state_transitions_on_author_id ON vulnerability_state_transitions (author_id)
    WHERE author_id IS NOT NULL;

CREATE TABLE project_security_statistics (
    id @identity@,
    project_id @bigint@ NOT NULL UNIQUE REFERENCES projects (id) ON DELETE CASCADE DEFERRABLE,
    vulnerability_count @bigint@ NOT NULL DEFAULT 0 CHECK (vulnerability_count >= 0),
    has_vulnerabilities @boolean@ NOT NULL DEFAULT false CHECK (has_vulnerabilities IN (false, true))
) @strict@;
