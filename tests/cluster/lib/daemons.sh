# shellcheck shell=bash
# Daemons: processes of a cluster that outlive the tool, each with a log and a pid file.

# start_daemon NAME COMMAND... starts COMMAND unless it runs. COMMAND must name a file below $state_dir: see daemon_runs.
start_daemon() {
    local name=$1
    shift
    daemon_runs "$name" && return
    mkdir -p "$state_dir/run"
    # A session of its own, so that no signal to ours reaches it; and not our locks, which it would hold for ever.
    setsid "$@" >>"$log_dir/$name.log" 2>&1 </dev/null 9>&- &
    echo $! >"$state_dir/run/$name.pid"
    # Until it has become COMMAND, it is still a copy of this shell.
    wait_for 10 daemon_runs_or_died "$name" $!
}

daemon_runs_or_died() { daemon_runs "$1" || ! kill -0 "$2" 2>/dev/null; }

# The pid in the file may be somebody else's by now; ours has a path of this cluster on its command line.
daemon_runs() {
    local pid
    pid=$(cat "$state_dir/run/$1.pid" 2>/dev/null) && grep -qsF "$state_dir/" "/proc/$pid/cmdline"
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
    ! daemon_runs "$1" || stop_process "$(cat "$file")" "${2:-TERM}"
    rm -f "$file"
}

# stop_process PID [SIGNAL] ends a process and waits until it is gone. A zombie, which has no command line, is: not every
# machine's first process is quick to bury the dead.
stop_process() {
    kill -s "${2:-TERM}" "$1"
    wait_for 60 has_ended "$1"
}

has_ended() { ! grep -qs . "/proc/$1/cmdline"; }

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
