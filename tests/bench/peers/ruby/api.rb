# The routes.
require 'json'
require 'active_support'
require 'active_support/core_ext'
require 'grape'
require 'jwt'
require_relative 'access'

Time.zone = 'UTC'

class Api < Grape::API
  SECRET = File.read(ENV.fetch('PEER_SECRET_FILE')).strip.freeze
  TOKEN = { algorithm: 'HS256', iss: 'gitlab-shell', verify_iss: true, required_claims: ['exp'] }.freeze
  OPTIONS = ['uploadpack.allowFilter=true', 'uploadpack.allowAnySHA1InWant=true'].freeze

  format :json
  version 'v4', using: :path
  prefix :api

  rescue_from(Refused) { |refused| error!({ status: false, message: refused.message }, refused.status) }
  rescue_from(JWT::DecodeError) { error!({ message: '401 Unauthorized' }, 401) }

  helpers do
    def git_config_options
      size = ApplicationSetting.current.receive_max_input_size
      size.to_i.positive? ? [*OPTIONS, "receive.maxInputSize=#{size.megabytes}"] : OPTIONS
    end

    def gitaly(names)
      project = names.delete(:project)
      {
        repository: {
          storage_name: project.repository_storage, relative_path: project.relative_path, git_object_directory: '',
          git_alternate_object_directories: [], **names
        },
        address: 'unix:/var/opt/gitlab/gitaly/gitaly.socket', token: nil, features: {}
      }
    end

    def grant(access)
      project = access.project
      names = { gl_repository: "project-#{project.id}", gl_project_path: project.route.path }
      {
        status: true, **names, gl_project_id: project.id, gl_root_namespace_id: project.namespace.root.id,
        gl_id: "user-#{access.user.id}", gl_username: access.user.username, gl_key_type: 'key', gl_key_id: access.key.id,
        git_config_options: git_config_options, gitaly: gitaly(project: project, **names), gl_console_messages: [],
        need_audit: false
      }
    end
  end

  namespace :internal do
    before do
      JWT.decode(headers['Gitlab-Shell-Api-Request'].to_s, SECRET, true, TOKEN)
      header 'X-Request-Id', headers['X-Request-Id'] if headers['X-Request-Id']
    end

    get :check do
      { api_version: 'v4', gitlab_version: '0.0.0', gitlab_rev: 'puma', redis: true }
    end

    params { requires :key_id, type: Integer }
    get :discover do
      user = Key.for_git.find_by(id: params[:key_id])&.user
      user && { id: user.id, name: user.name, username: user.username }
    end

    params do
      requires :action, type: String
      requires :changes, type: String
      requires :key_id, type: Integer
      requires :project, type: String
      requires :protocol, type: String
      optional :gl_repository, type: String
    end
    post :allowed do
      status 200
      access = Access.new(declared(params).symbolize_keys)
      access.check!
      grant(access)
    end
  end
end
