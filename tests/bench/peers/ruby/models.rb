# The tables that a decision reads, one model each.
require 'digest'
require 'active_record'

ActiveRecord::Base.establish_connection(
  adapter: 'postgresql', host: ENV.fetch('PEER_DATABASE_HOST'), username: 'postgres', database: 'postgres', pool: 4,
  # What the pools set, too.
  variables: { jit: 'off', plan_cache_mode: 'force_generic_plan', random_page_cost: '1.1' }
)
ActiveRecord::Base.inheritance_column = nil

class User < ActiveRecord::Base
  def usable?
    user_type.zero? && state == 'active' && !confirmed_at.nil? && (locked_at.nil? || locked_at < 10.minutes.ago)
  end
end

class Key < ActiveRecord::Base
  belongs_to :user, optional: true
  scope :for_git, -> { where(usage_type: [0, 1]) }
end

class ApplicationSetting < ActiveRecord::Base
  KEPT_SECONDS = 60

  # GitLab keeps them in the process for a minute.
  def self.current
    now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    @current, @until = first, now + KEPT_SECONDS if @until.nil? || now > @until
    @current
  end
end

class ProjectFeature < ActiveRecord::Base; end
class Route < ActiveRecord::Base; end
class RedirectRoute < ActiveRecord::Base; end
class IpRestriction < ActiveRecord::Base; end
class LfsFileLock < ActiveRecord::Base; end

class MergeRequest < ActiveRecord::Base
  scope :under_way, -> { where(state_id: 4) }
end

# An invitation of a group, to a project or to another group.
module Invitation
  def self.included(model)
    model.scope :in_force, -> { where('expires_at is null or expires_at > ?', Date.current) }
  end
end

class ProjectGroupLink < ActiveRecord::Base
  include Invitation
end

class GroupGroupLink < ActiveRecord::Base
  include Invitation
end

class Member < ActiveRecord::Base
  scope :in_force, lambda {
    where(state: 0, requested_at: nil, invite_token: nil).where('expires_at is null or expires_at > ?', Date.current)
  }
  scope :of_groups, ->(ids) { where(source_type: 'Namespace', source_id: ids) }
end

class Namespace < ActiveRecord::Base
  LINEAGE = <<~SQL.freeze
    with recursive lineage as (
        select namespaces.* from namespaces where id = ?
        union
        select above.* from lineage join namespaces as above on above.id = lineage.parent_id
    )
    select * from lineage
  SQL

  # The namespace and all that are above it.
  def lineage
    @lineage ||= self.class.find_by_sql([LINEAGE, id])
  end

  def root
    lineage.find { |namespace| namespace.parent_id.nil? }
  end
end

class PushAccessLevel < ActiveRecord::Base
  self.table_name = 'protected_branch_push_access_levels'

  def lets_in?(user, role)
    return user_id == user.id if user_id
    return false if group_id || deploy_key_id

    access_level.positive? && role >= access_level
  end
end

class ProtectedBranch < ActiveRecord::Base
  has_many :push_access_levels

  def matches?(branch)
    return name == branch unless name.include?('*')

    @pattern ||= Regexp.new("\\A#{Regexp.escape(name).gsub('\\*', '.*')}\\z", Regexp::MULTILINE)
    @pattern.match?(branch)
  end
end

class Project < ActiveRecord::Base
  belongs_to :namespace
  has_one :project_feature
  has_one :route, -> { where(source_type: 'Project') }, foreign_key: :source_id
  has_many :protected_branches
  has_many :project_group_links
  has_many :lfs_file_locks
  has_many :merge_requests, foreign_key: :target_project_id

  def self.find_by_full_path(path)
    place = [Route, RedirectRoute].lazy.filter_map do |paths|
      paths.where(source_type: 'Project').find_by('lower(path) = lower(?)', path)
    end.first
    place && find_by(id: place.source_id)
  end

  def relative_path
    return "#{disk_path}.git" if disk_path

    digest = Digest::SHA256.hexdigest(id.to_s)
    "@hashed/#{digest[0, 2]}/#{digest[2, 2]}/#{digest}.git"
  end

  # The highest level that the user has by a membership: in the project, in the groups above it, or in invited groups.
  def role_of(user)
    return 50 if namespace.type == 'User' && namespace.owner_id == user.id

    memberships = Member.in_force.where(user_id: user.id)
    above = namespace.lineage.map(&:id)
    [
      memberships.where(source_type: 'Project', source_id: id).maximum(:access_level),
      memberships.of_groups(above).maximum(:access_level),
      *invitations(above).map { |groups, most| [memberships.of_groups(groups).maximum(:access_level).to_i, most].min }
    ].compact.max || 0
  end

  private

  def invitations(above)
    to_project = namespace.share_with_group_lock ? [] : project_group_links.in_force.to_a
    to_project.map { |link| [Namespace.find(link.group_id).lineage.map(&:id), link.group_access] } +
      GroupGroupLink.in_force.where(shared_group_id: above).map { |link| [[link.shared_with_group_id], link.group_access] }
  end
end
