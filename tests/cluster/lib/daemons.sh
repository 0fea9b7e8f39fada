# shellcheck shell=bash
# Daemons: processes of a cluster that outlive the tool, each with a log and a pid file.

# start_daemon NAME COMMAND... starts COMMAND unless it runs.
start_daemon() {
    local name=$1
    shift
    daemon_runs "$name" && return
    mkdir -p "$state_dir/run"
    # A session of its own, so that no signal to ours reaches it; and not our locks, which it would hold for ever.
    setsid "$@" >>"$log_dir/$name.log" 2>&1 </dev/null 9>&- &
    echo "$! $(process_start $!)" >"$state_dir/run/$name.pid"
}

# The pid in the file may be somebody else's by now, but not with the time of its start. What it runs tells less: a process
# that is about to become COMMAND has no command line for a moment.
daemon_runs() {
    local pid start
    read -r pid start 2>/dev/null <"$state_dir/run/$1.pid" && [[ $(process_start "$pid") == "$start" ]]
}

# process_start PID prints when a process began, in clock ticks since the machine did, and nothing once it has ended. A zombie has:
# not every machine's first process is quick to bury the dead.
process_start() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    # The name may have spaces and parentheses. Behind it stands the state, and the start 19 fields on.
    read -ra stat <<<"${stat##*) }"
    [[ ${stat[0]} == [ZX] ]] || echo "${stat[19]}"
}

# A daemon that dies at its start fails the step at once, with its own last words.
wait_for_daemon() {
    local name=$1
    shift
    wait_for 60 daemon_answers_or_died "$name" "$@"
    daemon_runs "$name" || { tail -n 20 "$log_dir/$name.log"; return 1; }
}

daemon_answers_or_died() {
    local name=$1
    shift
    ! daemon_runs "$name" || "$@"
}

# Killed rather than asked: all they would save on their way out is removed a moment later.
stop_daemons() {
    local file
    for file in "$state_dir"/run/*.pid; do
        [[ ! -f $file ]] || stop_daemon "$(basename "$file" .pid)" KILL
    done
}

# stop_daemon NAME [SIGNAL] ends a daemon if it runs.
stop_daemon() {
    local file=$state_dir/run/$1.pid
    ! daemon_runs "$1" || stop_process "$(cut -d ' ' -f 1 "$file")" "${2:-TERM}"
    rm -f "$file"
}

# stop_process PID [SIGNAL] ends a process and waits until it is gone.
stop_process() {
    kill -s "${2:-TERM}" "$1"
    wait_for 60 has_ended "$1"
}

has_ended() { [[ -z $(process_start "$1") ]]; }

# free_port prints a port that nobody listens on and that no cluster has put down as its own. Below the range from which
# the kernel gives out ports, so that no outgoing connection takes it before its owner does.
free_port() {
    local port
    while port=$((20000 + RANDOM % 10000)); do
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
        grep -qs "_port=$port$" "$state_home"/clusters/*/settings && continue
        echo "$port" && return
    done
}

# locked NAME COMMAND... runs COMMAND while no other run of the tool holds the lock NAME.
locked() {
    local name=$1
    shift
    mkdir -p "$state_home"
    exec 9>"$state_home/$name.lock"
    flock 9
    "$@"
    exec 9>&-
}
