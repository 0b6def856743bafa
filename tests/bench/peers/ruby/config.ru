# Puma, Grape and Active Record as Debian has them: a stand-in for GitLab's stack, which scripts/bench --peers measures
# beside the pools. It asks for one fact after another, as GitLab's models do, and does nothing of what GitLab does
# besides. It is no service for use: of allowed it knows what the benchmark's data holds, and refuses what it does not
# know.
require_relative 'api'

# What Rails does after each request: the thread gives its connection back.
class ConnectionsGivenBack
  def initialize(app)
    @app = app
  end

  def call(env)
    @app.call(env)
  ensure
    ActiveRecord::Base.clear_active_connections!
  end
end

use ConnectionsGivenBack
Api.compile!
run Api
