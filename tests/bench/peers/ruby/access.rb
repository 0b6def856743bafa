# Whether a key may fetch or push: one rule after another, the first that stands against it tells why.
require_relative 'models'

class Refused < StandardError
  attr_reader :status

  def initialize(message, status: 401)
    super(message)
    @status = status
  end
end

class Access
  NOT_FOUND = "The project you were looking for could not be found or you don't have permission to view it.".freeze
  # For what the benchmark's data does not have.
  UNKNOWN_CASE = 'This peer does not know the case.'.freeze
  REPORTER = 20
  DEVELOPER = 30

  attr_reader :key, :user, :project

  def initialize(params)
    @params = params
  end

  # Raises Refused.
  def check!
    check_actor!
    find_project!
    check_project!
    push? ? check_push! : check_download!
    touch
  end

  private

  def refuse!(message, **more)
    raise Refused.new(message, **more)
  end

  def push?
    @params[:action] == 'git-receive-pack'
  end

  def check_protocol!(enabled)
    return if enabled.blank? || enabled == 'all' || enabled == @params[:protocol]

    refuse!("Git access over #{@params[:protocol].upcase} is not allowed")
  end

  def check_actor!
    instance = ApplicationSetting.current
    check_protocol!(instance.enabled_git_access_protocol)
    @key = Key.for_git.find_by(id: @params[:key_id])
    @user = key&.user
    refuse!(UNKNOWN_CASE) unless user&.usable? && key.type == 'Key' && key.key.start_with?('ssh-ed25519 ')
    refuse!('Your SSH key has expired.') if key.expires_at&.past?
    refuse!(UNKNOWN_CASE) if instance.ed25519_key_restriction.negative? || instance.maintenance_mode
    refuse!(UNKNOWN_CASE) if instance.enforce_terms && user.accepted_term_id.nil?
    refuse!(UNKNOWN_CASE) if user.password_expires_at&.past?
  end

  def find_project!
    id = @params[:gl_repository]&.slice(/\Aproject-(\d+)\z/, 1)
    path = @params[:project].delete_prefix('/').delete_suffix('.git')
    @project = id ? Project.find_by(id: id) : Project.find_by_full_path(path)
    refuse!(NOT_FOUND, status: 404) unless project
  end

  def check_project!
    root = project.namespace.root
    check_protocol!(root.enabled_git_access_protocol)
    groups = project.namespace.lineage.map(&:id)
    refuse!(UNKNOWN_CASE) if root.enforce_ssh_certificates || IpRestriction.exists?(group_id: groups)
    @role = project.role_of(user)
    refuse!(NOT_FOUND, status: 404) unless readable?
    refuse!(UNKNOWN_CASE) unless project.repository_exists
  end

  def readable?
    visible = project.visibility_level == 20 || (project.visibility_level == 10 && !user.external)
    !project.pending_delete && (user.admin || @role >= 10 || visible)
  end

  def usable?
    level = project.project_feature&.repository_access_level || 20
    level >= 20 || (level == 10 && (@role >= 10 || user.admin))
  end

  def check_download!
    return if usable? && (@role >= REPORTER || project.visibility_level.positive? || user.admin)

    refuse!('You are not allowed to download code from this project.')
  end

  def check_push!
    refuse!('The repository is temporarily read-only. Please try again later.') if project.repository_read_only
    archived = project.archived || project.namespace.lineage.any?(&:archived)
    refuse!("You can't push code to an archived project.") if archived
    allowed = usable? && (@role >= DEVELOPER || user.admin)
    refuse!('You are not allowed to push code to this project.') unless allowed
    check_changes! unless @params[:changes] == '_any'
  end

  def check_changes!
    refuse!(UNKNOWN_CASE) if project.lfs_file_locks.exists? || project.merge_requests.under_way.exists?
    rules = project.protected_branches.includes(:push_access_levels).to_a
    refuse!(UNKNOWN_CASE) if ProtectedBranch.exists?(namespace_id: project.namespace.lineage.map(&:id))
    @params[:changes].each_line(chomp: true) do |change|
      old, new, ref = change.split(' ', 3)
      known = ref&.start_with?('refs/heads/') && [old, new].none? { |id| id.delete('0').empty? }
      refuse!(UNKNOWN_CASE) unless known
      check_branch!(rules.select { |rule| rule.matches?(ref.delete_prefix('refs/heads/')) })
    end
  end

  def check_branch!(rules)
    return if rules.empty? || user.admin
    return if rules.flat_map { |rule| rule.push_access_levels.to_a }.any? { |level| level.lets_in?(user, @role) }

    refuse!('You are not allowed to push code to protected branches on this project.')
  end

  # When the key was last used and the user was last active; seldom, as the pools do.
  def touch
    key.update_columns(last_used_at: Time.current) if key.last_used_at.nil? || key.last_used_at < 1.day.ago
    user.update_columns(last_activity_on: Date.current) if user.last_activity_on != Date.current
  end
end
