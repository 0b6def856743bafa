# shellcheck shell=bash
# What is done to the installed system of scripts/drill, with its load.
# Needs: output.sh, processes.sh, debian_root.sh, and of scripts/drill title, run, expect, the questions and
# connections, requests, internal, public, newer, work.

# --- Load ------------------------------------------------------------------------------------------
# start_load SECONDS REQUEST…: on both sides, the named requests on the internal one.
start_load() {
    local seconds=$1 token
    shift
    token=$(shell_token)
    rm -f "$work"/*_load.log
    start internal_load "$work/internal_load.log" nsenter --target "$init" --net -- \
        wrk -t1 -c"$connections" -d"$seconds" -s "$repository/scripts/lib/load.lua" "$internal" -- "$token" "$@"
    start public_load "$work/public_load.log" nsenter --target "$init" --net -- \
        wrk -t1 -c"$connections" -d"$seconds" -s "$repository/scripts/lib/load.lua" "$public" -- \
        glpat-innergate-demo-admin subscription
}

load_runs() {
    is_running internal_load && ! has_ended "${pid_of[internal_load]}"
}

# end_load: waits for its end, adds to $sent and $failed.
end_load() {
    local name
    for name in internal_load public_load; do
        wait "${pid_of[$name]}" || fail "wrk failed: $(last_words "$work/$name.log")"
        unset "pid_of[$name]"
        sent=$((sent + $(awk '/ requests in / { print $1 }' "$work/$name.log")))
        # Each kind of socket error has its number; lines without one are not printed.
        failed=$((failed + $(awk '/Non-2xx or 3xx responses:|Socket errors:/ {
            sub(/.*:/, ""); gsub(/[^0-9]+/, " "); for (i = 1; i <= NF; i++) sum += $i
        } END { print sum + 0 }' "$work/$name.log")))
    done
}

# Both at once, since what the load has to bear should not wait for its end.
interrupt_load() {
    kill -s INT "${pid_of[internal_load]}" "${pid_of[public_load]}"
}

# --- Drills ----------------------------------------------------------------------------------------
upgrade_under_load() {
    local before after
    title "Upgrade under load"
    before=$(main_pid internal)
    sent=0 failed=0
    start_load 100 check discover two_factor_config
    run apt-get -qq -o Dpkg::Use-Pty=0 --yes install "$newer"
    after=$(main_pid internal)
    interrupt_load
    end_load
    run dpkg-query --show innergate
    [[ $before != "$after" ]] || fail "the pool was not restarted"
    say "$sent requests during the upgrade, $failed failed"
    ((failed == 0)) || fail "an upgrade must not cost requests"
}

reload_under_load() {
    local before
    title "Reload under load"
    before=$(main_pid internal)
    sent=0 failed=0
    start_load 20 check discover two_factor_config
    run sed -i 's/^#level = info/level = warning/' /etc/innergate/innergate.conf
    run systemctl reload innergate@internal.service innergate@public.service
    within 20 reloaded || fail "the pool was not reloaded"
    run sed -i 's/^#max_json_depth = .*/max_json_depth = deep/' /etc/innergate/innergate.conf
    expect 1 systemctl reload innergate@internal.service
    run sed -i 's/^max_json_depth = .*/#max_json_depth = 64/' /etc/innergate/innergate.conf
    interrupt_load
    end_load
    [[ $before == "$(main_pid internal)" ]] || fail "the pool was restarted"
    say "$sent requests during the reloads, $failed failed"
    ((failed == 0)) || fail "a reload must not cost requests"
}

reloaded() {
    in_root journalctl -q -o cat -u innergate@internal.service | grep -q '"event":"stopped"'
}

# As docs/operations.md describes it.
use_postgresql_over_tcp() {
    local unit
    title "PostgreSQL over TCP"
    run apt-get -qq -o Dpkg::Use-Pty=0 --no-install-recommends --yes install postgresql
    run su postgres -c "psql -qc \"create role innergate login password 'drilled'\" -c 'create database innergate owner innergate'"
    run install -m 600 /dev/null /etc/innergate/database_url
    run sh -c "echo 'postgresql://innergate:drilled@127.0.0.1/innergate' > /etc/innergate/database_url"
    run sed -i 's|^#url_file = .*|url_file = /etc/innergate/database_url|' /etc/innergate/innergate.conf
    for unit in innergate@.service innergate-jobs.service; do
        run mkdir -p "/etc/systemd/system/$unit.d"
        run sh -c "printf '[Service]\\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\\nIPAddressAllow=127.0.0.1\\n' \
            > /etc/systemd/system/$unit.d/postgresql.conf"
    done
    run systemctl daemon-reload
    run innergate-admin migrate --json
    run innergate-admin import /usr/share/doc/innergate/examples/demo.json
    run systemctl restart innergate@internal.service innergate@public.service innergate-jobs.service
    run innergate-admin doctor --internal-url "$internal" --public-url "$public"
    run systemctl is-active innergate@internal.service innergate@public.service innergate-jobs.service
    ask_documented_questions
}

# As docs/operations.md describes it: Gitaly on TCP with a token, which the units may not reach without a drop-in.
look_into_repositories_through_gitaly() {
    local unit storage=/srv/repositories
    title "Gitaly over TCP"
    run apt-get -qq -o Dpkg::Use-Pty=0 --no-install-recommends --yes install git
    install -m 755 "$build/bin/test_gitaly" "$root/usr/local/bin/test_gitaly"
    run useradd --system --home-dir "$storage" git
    run install -d -o git -m 700 "$storage"
    run systemd-run --unit gitaly --uid git --quiet \
        /usr/local/bin/test_gitaly --storage "$storage" --listen 127.0.0.1:8075 --token drilled
    run install -m 600 /dev/null /etc/innergate/gitaly_token
    run sh -c 'echo drilled > /etc/innergate/gitaly_token'
    run sh -c "printf '\\n[storage.default]\\ngitaly_address = tcp://127.0.0.1:8075\\ngitaly_token_file = /etc/innergate/gitaly_token\\n' \
        >> /etc/innergate/innergate.conf"
    run systemctl restart innergate@internal.service innergate-jobs.service
    for unit in innergate@internal.service innergate-jobs.service; do
        expect 1 innergate-admin doctor | tee "$work/doctor.log"
        grep -q "$unit may not reach .*: the unit allows Unix sockets only" "$work/doctor.log" ||
            fail "the doctor does not name the missing drop-in of $unit"
        run mkdir -p "/etc/systemd/system/$unit.d"
        run sh -c "printf '[Service]\\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\\nIPAddressAllow=127.0.0.1\\n' \
            > /etc/systemd/system/$unit.d/gitaly.conf"
        run systemctl daemon-reload
    done
    run systemctl restart innergate@internal.service innergate-jobs.service
    run innergate-admin doctor --internal-url "$internal" --public-url "$public"
    ask_for_a_repository
}

# The account of the pools may not even look into the folder; Gitaly's word is what counts.
ask_for_a_repository() {
    local answer
    answer=$(in_network curl -sS -H "Gitlab-Shell-Api-Request: $(shell_token)" --data \
        'user_id=7&project=rubi/drilled&action=git-receive-pack&changes=_any&protocol=ssh' "$internal/api/v4/internal/allowed")
    say "$answer"
    [[ $answer == '{"status":true,'* ]] || fail "a push does not create its project at Gitaly"
    run find /srv/repositories -name HEAD
}

# The schema as it was before the last migration, so that the package finds one missing.
upgrade_that_needs_a_migration() {
    local before
    title "Upgrade that needs a migration"
    before=$(main_pid internal)
    run su postgres -c "psql -qc 'delete from schema_migrations where version = (select max(version) from schema_migrations)' innergate"
    run apt-get -qq -o Dpkg::Use-Pty=0 --yes --reinstall install "$newer" | tee "$work/upgrade.log"
    grep -q 'the old version goes on running' "$work/upgrade.log" || fail "the package does not say what to do"
    [[ $before == "$(main_pid internal)" ]] || fail "the pool was restarted on a schema that it cannot use"
}

# As docs/operations.md describes it.
add_second_process() {
    title "A second process of one pool"
    run cp /lib/systemd/system/innergate@.service /etc/systemd/system/innergate-2@.service
    run mkdir -p /etc/systemd/system/innergate-2@internal.service.d
    # shellcheck disable=SC2016 # the inner shell expands
    run sh -c 'cd /etc/systemd/system && for drop_ins in /lib/systemd/system/innergate@internal.service.d \
        innergate@.service.d innergate@internal.service.d; do
            [ ! -d "$drop_ins" ] || cp "$drop_ins"/*.conf innergate-2@internal.service.d/
        done'
    run systemctl daemon-reload
    run systemctl enable --now innergate-2@internal.service
    sent=0 failed=0
    start_load 5 check discover two_factor_config
    run systemctl restart innergate@internal.service
    end_load
    say "$sent requests, $failed failed"
    ((failed == 0)) || fail "a second process must not cost requests"
    run systemctl --no-pager --lines=0 status 'innergate*@internal.service'
    run systemctl disable --now innergate-2@internal.service
    run rm -r /etc/systemd/system/innergate-2@.service /etc/systemd/system/innergate-2@internal.service.d
    run systemctl daemon-reload
}

remove_and_purge() {
    title "Remove"
    run rm /etc/nginx/sites-enabled/innergate.conf
    run systemctl reload nginx
    run apt-get -qq -o Dpkg::Use-Pty=0 --yes remove innergate
    run systemctl list-units --all --no-legend 'innergate*'
    ask_other_sites
    title "Purge"
    run apt-get -qq -o Dpkg::Use-Pty=0 --yes purge innergate
    run nginx -t
    say "What is left of it:"
    run find / -xdev -name '*innergate*' -not -path '/var/cache/*' -not -path '/root/*' -not -path '/proc/*'
}

main_pid() {
    in_root systemctl show --property MainPID --value "innergate@$1.service"
}

restart_in_loop() {
    local -a units=(innergate@internal.service innergate@public.service innergate.target)
    restarts=0 sent=0 failed=0
    title "Restarts"
    while ((sent < requests)); do
        start_load 10 check discover two_factor_config
        while load_runs; do
            in_root systemctl restart "${units[restarts % 3]}"
            restarts=$((restarts + 1))
        done
        end_load
    done
    say "$sent requests, $restarts restarts of a pool or of both: $failed failed"
    ((failed == 0)) || fail "a restart must not cost requests"
}

# kill_in_loop REQUEST…
kill_in_loop() {
    local kills=0 pool pid
    sent=0 failed=0
    title "Kills, under $*"
    while ((sent < requests)); do
        start_load 10 "$@"
        while load_runs; do
            for pool in internal public; do
                pid=$(main_pid "$pool")
                in_root systemctl kill --kill-whom=main --signal=KILL "innergate@$pool.service"
                within 20 serves_anew "$pool" "$pid" || fail "a killed pool does not come back"
                kills=$((kills + 1))
            done
        done
        end_load
    done
    say "$sent requests, $kills kills: $failed failed, at most $((kills * connections)) can have been in hand"
    ((failed <= kills * connections)) || fail "a kill cost more than what was in hand"
}

# serves_anew POOL PID: in another process than that one.
serves_anew() {
    [[ $(main_pid "$1") != "$2" && $(in_root systemctl is-active "innergate@$1.service") == active ]]
}
