# Usage: puma -C puma.rb DIR/config.ru, with PEER_SOCKET, PEER_SECRET_FILE and PEER_DATABASE_HOST in the environment.
# Two workers for two cores, with four threads each, which is what GitLab advises.
workers 2
threads 4, 4
preload_app!
bind "unix://#{ENV.fetch('PEER_SOCKET')}"
environment 'production'
quiet
raise_exception_on_sigterm false
before_fork { ActiveRecord::Base.connection_pool.disconnect! }
