package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v4/pgxpool"
)

// store asks PostgreSQL. pgx prepares each statement once per connection.
type store struct {
	pool *pgxpool.Pool
}

type owner struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

// actor is whose key it is, with what the instance demands of everybody.
type actor struct {
	keyID                 int64
	isDeployKey           bool
	key                   string
	expiresAt, lastUsedAt *time.Time
	userID                *int64
	username, state       string
	userType              int
	isAdmin, isExternal   bool
	isConfirmed, isLocked bool
	hasAcceptedTerms      bool
	isPasswordExpired     bool
	lastActivityOn        *time.Time
	protocol              string
	enforcesTerms         bool
	isInstanceReadOnly    bool
	maxInputMebibytes     int64
	smallestEd25519       int
}

// project is a project, the groups above it, and what the actor is in it.
type project struct {
	id, namespaceID, rootID int64
	path                    string
	isOwnedByActor          bool
	visibility              int
	isArchived, isReadOnly  bool
	isPendingDelete         bool
	storage                 string
	diskPath                *string
	repositoryExists        bool
	repositoryFeature       int
	rootProtocol            *string
	needsCertificate        bool
	hasAddressRules         bool
	hasRulesAbove           bool
	deployKeyCanPush        *bool
	directLevel             *int
	groupLevel              *int
	sharedLevel             *int
}

// pushRules is what stands against a push.
type pushRules struct {
	branches         []branchRule
	hasLockedFiles   bool
	hasMergeUnderWay bool
}

// branchRule is a protected branch and one of those who may push to it.
type branchRule struct {
	name   string
	level  *int
	userID *int64
}

const ownerOfKey = `
select users.id, users.name, users.username
  from keys
  join users on users.id = keys.user_id
 where keys.id = $1 and keys.usage_type in (0, 1)`

const actorOfKey = `
select keys.id, keys.type = 'DeployKey', keys.key, keys.expires_at, keys.last_used_at, users.id,
       coalesce(users.username, ''), coalesce(users.state, ''), coalesce(users.user_type, 0),
       coalesce(users.admin, false), coalesce(users.external, false), users.confirmed_at is not null,
       coalesce(users.locked_at > $2::timestamptz - interval '10 minutes', false),
       users.accepted_term_id is not null,
       coalesce(users.password_expires_at <= $2 and not users.password_automatically_set
                and not exists (select from identities where identities.user_id = users.id), false),
       users.last_activity_on, coalesce(instance.enabled_git_access_protocol, ''), instance.enforce_terms,
       instance.maintenance_mode, coalesce(instance.receive_max_input_size, 0), instance.ed25519_key_restriction
  from keys
  left join users on users.id = keys.user_id
 cross join application_settings as instance
 where keys.id = $1 and keys.usage_type in (0, 1) and instance.id = 1`

// The groups whose members have a part in the project are those above it, those invited to it, and those above these.
// A membership gives at most what the invitation does.
const projectAndRoles = `
with recursive wanted as (
    select projects.*, routes.path as full_path, homes.type as home_type, homes.owner_id as home_owner,
           homes.share_with_group_lock
      from projects
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      join namespaces as homes on homes.id = projects.namespace_id
     where projects.id = coalesce($1::bigint, (select source_id from routes
                                                where lower(path) = lower($2) and source_type = 'Project'),
                                  (select source_id from redirect_routes
                                    where lower(path) = lower($2) and source_type = 'Project'))
),
groups(id, parent_id, at_most, is_above, archived, protocol, needs_certificate) as (
    select namespaces.id, namespaces.parent_id, 50, true, namespaces.archived, namespaces.enabled_git_access_protocol,
           namespaces.enforce_ssh_certificates
      from wanted join namespaces on namespaces.id = wanted.namespace_id
    union all
    select invited.id, invited.parent_id, links.group_access, false, false, null, false
      from wanted
      join project_group_links as links on links.project_id = wanted.id
      join namespaces as invited on invited.id = links.group_id
     where not wanted.share_with_group_lock and (links.expires_at is null or links.expires_at > $5)
    union
    select above.id, above.parent_id, groups.at_most, groups.is_above, above.archived, above.enabled_git_access_protocol,
           above.enforce_ssh_certificates
      from groups join namespaces as above on above.id = groups.parent_id
)
select wanted.id, wanted.namespace_id, root.id, wanted.full_path,
       wanted.home_type = 'User' and wanted.home_owner = $3, wanted.visibility_level,
       wanted.archived or exists (select from groups where is_above and archived), wanted.repository_read_only,
       wanted.pending_delete, wanted.repository_storage, wanted.disk_path, wanted.repository_exists,
       coalesce(features.repository_access_level, 20), root.protocol, root.needs_certificate,
       exists (select from groups join ip_restrictions on ip_restrictions.group_id = groups.id where groups.is_above),
       exists (select from groups join protected_branches on protected_branches.namespace_id = groups.id
                where groups.is_above),
       (select can_push from deploy_keys_projects where deploy_key_id = $4 and project_id = wanted.id),
       (select access_level from members
         where user_id = $3 and source_type = 'Project' and source_id = wanted.id and requested_at is null
           and invite_token is null and state = 0 and (expires_at is null or expires_at > $5)),
       (select max(least(members.access_level, groups.at_most))
          from groups
          join members on members.user_id = $3 and members.source_type = 'Namespace' and members.source_id = groups.id
         where members.requested_at is null and members.invite_token is null and members.state = 0
           and (members.expires_at is null or members.expires_at > $5)),
       (select max(least(members.access_level, links.group_access, groups.at_most))
          from groups
          join group_group_links as links on links.shared_group_id = groups.id
          join members on members.user_id = $3 and members.source_type = 'Namespace'
                      and members.source_id = links.shared_with_group_id
         where (links.expires_at is null or links.expires_at > $5) and members.requested_at is null
           and members.invite_token is null and members.state = 0
           and (members.expires_at is null or members.expires_at > $5))
  from wanted
  join groups as root on root.is_above and root.parent_id is null
  left join project_features as features on features.project_id = wanted.id`

const pushRulesOfProject = `
select projects.has_locked_files, projects.has_merge_under_way, branches.name, levels.access_level, levels.user_id
  from (select exists (select from lfs_file_locks where project_id = $1) as has_locked_files,
               exists (select from merge_requests where target_project_id = $1 and state_id = 4)
                   as has_merge_under_way) as projects
  left join protected_branches as branches on branches.project_id = $1
  left join protected_branch_push_access_levels as levels
    on levels.protected_branch_id = branches.id and levels.group_id is null and levels.deploy_key_id is null`

func openStore(ctx context.Context, url string, connections int) (*store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns, config.MinConns = int32(connections), int32(connections)
	// What the pools set, too.
	for name, value := range map[string]string{
		"jit": "off", "plan_cache_mode": "force_generic_plan", "random_page_cost": "1.1", "timezone": "UTC",
	} {
		config.ConnConfig.RuntimeParams[name] = value
	}
	pool, err := pgxpool.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &store{pool}, nil
}

func (s *store) ownerOfKey(ctx context.Context, key int64) (o owner, err error) {
	err = s.pool.QueryRow(ctx, ownerOfKey, key).Scan(&o.ID, &o.Name, &o.Username)
	return
}

func (s *store) actorOfKey(ctx context.Context, key int64, now time.Time) (a actor, err error) {
	err = s.pool.QueryRow(ctx, actorOfKey, key, now).Scan(
		&a.keyID, &a.isDeployKey, &a.key, &a.expiresAt, &a.lastUsedAt, &a.userID, &a.username, &a.state, &a.userType,
		&a.isAdmin, &a.isExternal, &a.isConfirmed, &a.isLocked, &a.hasAcceptedTerms, &a.isPasswordExpired,
		&a.lastActivityOn, &a.protocol, &a.enforcesTerms, &a.isInstanceReadOnly, &a.maxInputMebibytes, &a.smallestEd25519)
	return
}

// project looks one up by its id, or by its path if there is no id.
func (s *store) project(ctx context.Context, id *int64, path string, a *actor, today time.Time) (p project, err error) {
	var deployKey *int64
	if a.isDeployKey {
		deployKey = &a.keyID
	}
	err = s.pool.QueryRow(ctx, projectAndRoles, id, path, a.userID, deployKey, today).Scan(
		&p.id, &p.namespaceID, &p.rootID, &p.path, &p.isOwnedByActor, &p.visibility, &p.isArchived, &p.isReadOnly,
		&p.isPendingDelete, &p.storage, &p.diskPath, &p.repositoryExists, &p.repositoryFeature, &p.rootProtocol,
		&p.needsCertificate, &p.hasAddressRules, &p.hasRulesAbove, &p.deployKeyCanPush, &p.directLevel, &p.groupLevel,
		&p.sharedLevel)
	return
}

func (s *store) pushRules(ctx context.Context, project int64) (pushRules, error) {
	var rules pushRules
	rows, err := s.pool.Query(ctx, pushRulesOfProject, project)
	if err != nil {
		return rules, err
	}
	defer rows.Close()
	for rows.Next() {
		var name *string
		var rule branchRule
		if err := rows.Scan(&rules.hasLockedFiles, &rules.hasMergeUnderWay, &name, &rule.level, &rule.userID); err != nil {
			return rules, err
		}
		if name != nil {
			rule.name = *name
			rules.branches = append(rules.branches, rule)
		}
	}
	return rules, rows.Err()
}

// touch notes when the key was last used and the user was last active; seldom, as the pools do.
func (s *store) touch(ctx context.Context, a *actor, now, today time.Time) error {
	if a.lastUsedAt == nil || now.Sub(*a.lastUsedAt) > 24*time.Hour {
		_, err := s.pool.Exec(ctx, `update keys set last_used_at = $1 where id = $2`, now, a.keyID)
		if err != nil {
			return err
		}
	}
	if a.userID != nil && (a.lastActivityOn == nil || !a.lastActivityOn.Equal(today)) {
		_, err := s.pool.Exec(ctx, `update users set last_activity_on = $1 where id = $2`, today, *a.userID)
		return err
	}
	return nil
}
