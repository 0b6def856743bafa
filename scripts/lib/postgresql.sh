# shellcheck shell=bash
# A PostgreSQL cluster of our own: no TCP, reached through a socket in a folder of ours.
# Needs: output.sh, processes.sh

# PostgreSQL refuses to run as root, so root runs it as the user Debian's package made for it.
if ((EUID == 0)); then
    postgresql_user=(setpriv --reuid=postgres --regid=postgres --init-groups)
else
    postgresql_user=()
fi

# as_postgresql COMMAND…: from a folder that user can enter, or the programs complain.
as_postgresql() {
    env --chdir=/ "${postgresql_user[@]}" "$@"
}

# postgresql_program NAME [CLUSTER]: of the version that made CLUSTER, else of the newest installed.
postgresql_program() {
    local version='*' program
    [[ ! -s ${2-}/PG_VERSION ]] || version=$(<"$2/PG_VERSION")
    program=$(compgen -G "/usr/lib/postgresql/$version/bin/$1" | sort -V | tail -n 1)
    [[ -n $program ]] || fail "$1 of PostgreSQL ${version/\*/} is not installed"
    printf '%s\n' "$program"
}

# make_postgresql_folder FOLDER: an empty folder for that user, at FOLDER or, when that user cannot
# get there (below /root, say), elsewhere with a link to it at FOLDER.
make_postgresql_folder() {
    local folder=$1 elsewhere
    mkdir -m 700 "$folder"
    ((EUID == 0)) || return 0
    chown postgres:postgres "$folder"
    as_postgresql test -w "$folder" && return 0
    rmdir "$folder"
    elsewhere=$(mktemp -d /var/tmp/innergate-postgresql.XXXXXX)
    chown postgres:postgres "$elsewhere"
    ln -s "$elsewhere" "$folder"
}

# create_postgresql_cluster FOLDER LOG: FOLDER as make_postgresql_folder left it. The superuser is innergate.
create_postgresql_cluster() {
    local cluster
    cluster=$(readlink -f "$1")
    as_postgresql "$(postgresql_program initdb)" --pgdata="$cluster" --username=innergate --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >>"$2" 2>&1 || fail "initdb failed: $(last_words "$2")"
}

# start_postgresql FOLDER SOCKETS LOG [SETTING…]: SOCKETS is an existing folder that user may write to.
start_postgresql() {
    local cluster log=$3 sockets=$2 setting
    cluster=$(readlink -f "$1")
    local -a settings=(-c listen_addresses= -c "unix_socket_directories=$sockets" -c unix_socket_permissions=0700)
    for setting in "${@:4}"; do
        settings+=(-c "$setting")
    done
    start postgresql "$log" env --chdir=/ "${postgresql_user[@]}" \
        setpriv --pdeathsig INT "$(postgresql_program postgres "$cluster")" -D "$cluster" "${settings[@]}"
    wait_until_ready postgresql 60 "$log" postgresql_answers "$sockets"
}

postgresql_answers() {
    "$(postgresql_program pg_isready)" --quiet --host="$1" --username=innergate --dbname=postgres
}

# create_postgresql_database SOCKETS NAME
create_postgresql_database() {
    "$(postgresql_program createdb)" --host="$1" --username=innergate "$2"
}

# postgresql_url SOCKETS NAME
postgresql_url() {
    printf 'postgresql://innergate@/%s?host=%s\n' "$2" "$1"
}
