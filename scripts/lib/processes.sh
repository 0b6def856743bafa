# shellcheck shell=bash
# Background programs of a script: started, watched, stopped without leaving one behind.
# Needs: output.sh

# The process by name; stop and wait_until read it.
declare -A pid_of=()

# start NAME LOG COMMAND…: in the background with its output appended to LOG.
#
# In a session of its own, so that Ctrl-C reaches this script only, which then stops the programs in
# order; and with the kernel's promise to end the program should this script be killed.
start() {
    local name=$1 log=$2
    shift 2
    setsid setpriv --pdeathsig TERM "$@" >>"$log" 2>&1 </dev/null &
    pid_of[$name]=$!
}

is_running() {
    [[ -n ${pid_of[$1]-} ]] && kill -0 "${pid_of[$1]}" 2>/dev/null
}

# stop NAME SIGNAL SECONDS: asks by SIGNAL, and after SECONDS no longer asks.
stop() {
    local name=$1 signal=$2 seconds=$3 pid=${pid_of[$1]-}
    [[ -n $pid ]] || return 0
    unset "pid_of[$name]"
    kill -s "$signal" "$pid" 2>/dev/null || return 0
    if ! within "$seconds" has_ended "$pid"; then
        say "$name did not stop within $seconds s: killed"
        kill -s KILL "$pid" 2>/dev/null || true
    fi
    wait "$pid" 2>/dev/null || true
}

# A process that ended but has not been waited for still answers kill -0.
has_ended() {
    local state
    state=$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) || return 0
    [[ -z $state || $state == Z ]]
}

# within SECONDS COMMAND…: repeats COMMAND until it succeeds; fails when the time is over.
within() {
    local deadline=$((SECONDS + $1 + 1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

# wait_until_ready NAME SECONDS LOG COMMAND…: until COMMAND succeeds. Ends the script with the
# program's own last words when the program ends first or the time is over.
wait_until_ready() {
    local name=$1 deadline=$((SECONDS + $2 + 1)) log=$3
    shift 3
    until "$@"; do
        if has_ended "${pid_of[$name]}"; then
            fail "$name ended instead of starting: $(last_words "$log")"
        fi
        ((SECONDS < deadline)) || fail "$name is not ready in time: $(last_words "$log")"
        sleep 0.05
    done
}

last_words() {
    [[ -s $1 ]] || {
        printf 'it said nothing'
        return
    }
    tail -n 3 "$1"
}

# interruptible COMMAND…: as COMMAND, but a signal to this script is obeyed at once instead of after
# COMMAND, which is ended by the EXIT trap through stop_step.
interruptible() {
    local -a command=("$@")
    # The shell makes programs in the background deaf to Ctrl-C, with all that they start.
    [[ $(type -t "$1") == function ]] || command=(env '--default-signal=INT,QUIT' -- "$@")
    "${command[@]}" &
    step_pid=$!
    local status=0
    wait "$step_pid" || status=$?
    step_pid=
    return "$status"
}

# Returns when the step has ended: it may have programs of its own to stop.
stop_step() {
    [[ -n ${step_pid-} ]] || return 0
    kill -s TERM "$step_pid" 2>/dev/null || return 0
    within 60 has_ended "$step_pid" || say "what this script was waiting for does not end"
}
