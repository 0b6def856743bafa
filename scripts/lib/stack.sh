# shellcheck shell=bash
# The parts of a running innergate, as scripts/serve makes, starts, watches and stops them.
# Reads the options of scripts/serve. Needs: all other files of this folder but packages.sh

restarts=()

# prepare_state: the state folder, locked for this process; $run for sockets, $logs for logs.
prepare_state() {
    local mode=700
    # nginx's workers and PostgreSQL are other users than root, and have to get through.
    ((EUID != 0)) || mode=711
    umask 077
    if [[ ! -d $state ]]; then
        mkdir -p "$(dirname "$state")" 2>/dev/null || true
        mkdir -m "$mode" "$state" || fail "cannot create the state folder $state"
    fi
    [[ -w $state && -x $state ]] || fail "no right to write to the state folder $state"
    exec {state_lock}>"$state/lock"
    flock --nonblock "$state_lock" || fail "another scripts/serve is running with the state folder $state"
    logs=$state/log
    mkdir -p "$logs"
    rm -f "$logs"/*.log
    make_run_folder
}

# The folder for sockets. In the state folder, unless a socket's path would be too long for the system
# (107 bytes, the longest name is PostgreSQL's) or nginx's workers could not reach it.
make_run_folder() {
    local longest
    run=$state/run
    rm -rf "$run"
    mkdir -m 711 "$run"
    longest=$run/postgresql/.s.PGSQL.5432
    if (($(LC_ALL=C printf '%s' "$longest" | wc -c) > 107)) || ! nginx_workers_reach "$run"; then
        rmdir "$run"
        run=$(mktemp -d /tmp/innergate.XXXXXX)
        chmod 711 "$run"
    fi
    if ((EUID == 0)); then
        # A folder's set-group-ID bit gives the pools' sockets (mode 0660) the workers' group.
        chgrp www-data "$run"
        chmod 2711 "$run"
    fi
}

nginx_workers_reach() {
    ((EUID != 0)) || setpriv --reuid=www-data --regid=www-data --clear-groups test -x "$1"
}

# admin ARGUMENT…: innergate-admin with this stack's settings.
admin() {
    "$build/bin/innergate-admin" --config "$state/innergate.conf" "$@"
}

# What this script decides must not be overridden by the caller's environment: the demo data, for one,
# would go into whatever database it names. Everything else (INNERGATE_LIMITS_…) reaches the programs.
write_settings() {
    unset INNERGATE_DATABASE_URL INNERGATE_SECRETS_SHELL_SECRET_FILE INNERGATE_SECRETS_KAS_SECRET_FILE \
        INNERGATE_SECRETS_DB_KEY_BASE_FILE INNERGATE_POOL_INTERNAL_LISTEN INNERGATE_POOL_PUBLIC_LISTEN
    cat >"$state/innergate.conf" <<SETTINGS
# Written by scripts/serve at each start.
[instance]
external_url = http://127.0.0.1:$public_port

[secrets]
shell_secret_file = $state/shell_secret
kas_secret_file = $state/kas_secret
db_key_base_file = $state/db_key_base

[database]
url = $database_url

[pool.internal]
listen = unix:$run/internal.sock

[pool.public]
listen = unix:$run/public.sock
SETTINGS
}

prepare_secrets() {
    # The URL is not known yet where a cluster has to be started first; secrets do not need it.
    database_url=sqlite:$state/innergate.db
    write_settings
    make_secret shell "$state/shell_secret"
    make_secret kas "$state/kas_secret"
    make_secret db-key-base "$state/db_key_base"
}

make_secret() {
    local answer
    [[ ! -e $2 ]] || return 0
    answer=$(admin secret create "$1" 2>&1) || fail "cannot create the secret $1: $answer"
}

# prepare_database: migrated, and filled if it is new. Sets $database_url.
#
# While a database of ours is being filled, $state/unfinished says so. What an earlier start left
# unfinished is thrown away: otherwise it would pass for a complete one, and never get its data.
prepare_database() {
    local is_new=
    [[ ! -e $state/unfinished ]] || discard_database
    case $database in
    sqlite) database_url=sqlite:$state/innergate.db ;;
    postgresql) start_own_postgresql ;;
    *) database_url=$database ;;
    esac
    write_settings
    if [[ $database_url == sqlite:* && ! -e ${database_url#sqlite:} ]]; then
        is_new=yes
        [[ $database != sqlite ]] || printf 'sqlite\n' >"$state/unfinished"
    elif [[ -e $state/unfinished ]]; then
        is_new=yes
    fi
    run_admin_step "cannot migrate the database" migrate
    if [[ -n $import ]]; then
        run_admin_step "cannot import $import" import "$import"
    elif [[ -n $is_new && -z $empty ]]; then
        run_admin_step "cannot import the demo data" import "$repository/sql/seeds/demo.json"
        printf '%s\n' "$database" >>"$state/demo"
    fi
    rm -f "$state/unfinished"
}

# make_demo_repositories: those of the demo's projects, where the storage has an inspector: so they can be
# cloned and pushed to. One question tells a later start that all are there. What cannot be made keeps nothing
# else from starting.
make_demo_repositories() {
    local list=$logs/missing-repositories.log name rest
    [[ -n ${INNERGATE_STORAGE_DEFAULT_GITALY_ADDRESS-}${INNERGATE_STORAGE_DEFAULT_PATH-} ]] || return 0
    grep --quiet --line-regexp --fixed-strings "$database" "$state/demo" 2>/dev/null || return 0
    if ! ask_storage list --missing --storage default >"$list" 2>"$logs/admin.log"; then
        say "The demo's repositories are not made: $(last_words "$logs/admin.log")"
        return 0
    fi
    while read -r name rest; do
        ask_storage create "$name" >"$logs/admin.log" 2>&1 ||
            say "The repository $name is not made: $(last_words "$logs/admin.log")"
    done <"$list"
}

# ask_storage ARGUMENT…: `repository`, for so long that a storage that hangs does not hold up the start.
ask_storage() {
    interruptible timeout 15 "$build/bin/innergate-admin" --config "$state/innergate.conf" repository "$@"
}

# run_admin_step SENTENCE ARGUMENT…
run_admin_step() {
    local sentence=$1
    shift
    interruptible admin "$@" >"$logs/admin.log" 2>&1 || fail "$sentence: $(tail -n 1 "$logs/admin.log")"
}

start_own_postgresql() {
    local cluster=$state/postgresql sockets=$run/postgresql
    mkdir -m 711 "$sockets"
    ((EUID != 0)) || chown postgres:postgres "$sockets"
    if [[ ! -e $cluster/PG_VERSION ]]; then
        rm -rf "$cluster"
        printf 'postgresql\n' >"$state/unfinished"
        make_postgresql_folder "$cluster"
        interruptible create_postgresql_cluster "$cluster" "$logs/postgresql.log"
    fi
    start_postgresql "$cluster" "$sockets" "$logs/postgresql.log"
    [[ ! -e $state/unfinished ]] || create_postgresql_database "$sockets" innergate
    database_url=$(postgresql_url "$sockets" innergate)
}

discard_database() {
    local cluster=$state/postgresql
    stop postgresql INT 20
    case $(<"$state/unfinished") in
    sqlite) rm -f "$state"/innergate.db{,-wal,-shm} ;;
    postgresql)
        [[ ! -L $cluster ]] || rm -rf "$(readlink -f "$cluster")"
        rm -rf "$cluster"
        ;;
    esac
    rm -f "$state/unfinished" "$state/demo"
}

start_stack() {
    local pool
    write_nginx_files "$state/nginx" "$repository" "$run" "$logs" "$internal_port" "$public_port"
    check_nginx_files "$state/nginx"
    for pool in internal public; do
        start_pool "$pool"
        wait_until_ready "$pool" 30 "$logs/$pool.log" test -S "$run/$pool.sock"
    done
    start_nginx "$state/nginx" "$logs/nginx.log"
    wait_until_ready nginx 30 "$logs/nginx.log" both_apis_answer
    write_pids
}

start_pool() {
    start "$1" "$logs/$1.log" "$build/bin/innergate-pool" --pool "$1" --config "$state/innergate.conf"
}

# The public pool has no health route; 401 without a token comes from the pool itself.
both_apis_answer() {
    [[ $(http_status "http://127.0.0.1:$internal_port/-/readiness") == 200 &&
        $(http_status "http://127.0.0.1:$public_port/api/v4/namespaces/1/gitlab_subscription") == 401 ]]
}

write_pids() {
    local name
    for name in "${!pid_of[@]}"; do
        printf '%s\n' "${pid_of[$name]}" >"$state/$name.pid"
    done
}

# Until a signal comes. A pool that dies is started again, as systemd would. A pool that dies over and
# over, and every other program's end, is the end.
watch_stack() {
    local name status
    while true; do
        # Not `wait -n`: it does not tell of a program that ended just before. Waiting for a sleep in the
        # background, unlike sleeping, is cut short by a signal.
        sleep 0.3 &
        wait "$!"
        for name in "${!pid_of[@]}"; do
            is_running "$name" && continue
            status=0
            wait "${pid_of[$name]}" 2>/dev/null || status=$?
            unset "pid_of[$name]"
            if [[ $name != internal && $name != public ]] || too_many_restarts; then
                fail "$name ended with status $status: $(last_words "$logs/$name.log")"
            fi
            say "The $name pool ended with status $status and is started again: $(last_words "$logs/$name.log")"
            start_pool "$name"
            write_pids
        done
    done
}

# More than ten in ten seconds, this one included.
too_many_restarts() {
    restarts+=("$SECONDS")
    ((${#restarts[@]} > 10 && SECONDS - restarts[-11] < 10))
}

# nginx first, so that every request it has passed on is still answered.
stop_stack() {
    [[ -n ${run-} ]] || return 0
    stop nginx QUIT 10
    stop internal TERM 15
    stop public TERM 15
    stop postgresql INT 20
    [[ ! -e $state/unfinished ]] || discard_database
    rm -f "$state"/{nginx,internal,public,postgresql}.pid
    rm -rf "$run"
}

# Lines to copy: with the demo data they answer as its documentation prints.
print_examples() {
    local internal=http://127.0.0.1:$internal_port public=http://127.0.0.1:$public_port
    local seeds=$repository/sql/seeds/demo.json token blob fingerprint
    token="Gitlab-Shell-Api-Request: $(admin jwt shell)"
    say "
Try it. The token is good for two minutes; a new one comes from
  $build/bin/innergate-admin --config $state/innergate.conf jwt shell

  curl -H '$token' '$internal/api/v4/internal/check'"
    [[ -z $import && -z $empty ]] || return 0
    blob=$(sed -n 's/.*"user_id": 7,.*"key": "ssh-[a-z0-9]* \([^" ]*\).*/\1/p' "$seeds")
    fingerprint=$(sed -n 's/.*"title": "gitlab-org CA".*"fingerprint": "\([^"]*\).*/\1/p' "$seeds")
    say "  curl -H '$token' '$internal/api/v4/internal/discover?key_id=7'
  curl -H '$token' --get --data-urlencode 'key=$blob' '$internal/api/v4/internal/authorized_keys'
  curl -H '$token' --get --data-urlencode 'key=$fingerprint' '$internal/api/v4/internal/authorized_certs?user_identifier=root'
  curl -H 'PRIVATE-TOKEN: glpat-innergate-demo-admin' '$public/api/v4/namespaces/1234/gitlab_subscription'

Logs: $logs. Ctrl-C stops everything."
}
