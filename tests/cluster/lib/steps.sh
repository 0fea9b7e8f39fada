# shellcheck shell=bash
# Steps: what the tool is doing, how long it took, and where to look when it failed.

say() { printf '%s\n' "$*"; }

# elapsed START prints the seconds since START, an earlier $EPOCHREALTIME.
elapsed() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

# step NAME COMMAND... runs COMMAND with its output in a log of its own, and prints one line when it is done.
# A step that takes longer shows the last line of its log every 15 s. The first failed step ends the whole tool.
step() {
    local name=$1 started=$EPOCHREALTIME log pid status=0
    shift
    mkdir -p "$log_dir"
    log=$log_dir/step-$(tr -cs 'a-z0-9\n' '-' <<<"${name,,}").log

    # In the background, because `set -e` is off inside anything that stands left of `||`; with job control, because the
    # step then is a process group of its own that an interrupt can end as a whole.
    set -m
    ( set +m; set -E; trap 'say "exit code $? from: $BASH_COMMAND"' ERR; "$@" ) >"$log" 2>&1 </dev/null &
    pid=$!
    set +m
    # shellcheck disable=SC2064  # This very process group, whatever $pid is when the signal comes.
    trap "kill -- -$pid 2>/dev/null; exit 130" INT TERM

    while ! timeout 15 tail --pid="$pid" -s 0.05 -f /dev/null; do
        printf '  ... %6.1f s  %s: %.90s\n' "$(elapsed "$started")" "$name" "$(last_line "$log")"
    done
    wait "$pid" || status=$?
    trap - INT TERM

    if ((status == 0)); then
        printf '  ok  %6.1f s  %s\n' "$(elapsed "$started")" "$name"
        return
    fi
    printf '  FAILED after %.1f s: %s (exit code %d). The end of %s:\n' "$(elapsed "$started")" "$name" "$status" "$log" >&2
    tail -n 25 "$log" | sed 's/^/      /' >&2
    exit 1
}

last_line() { tail -n 5 "$1" | tr -d '\r' | grep . | tail -n 1 || true; }

# wait_for SECONDS COMMAND... runs COMMAND until it succeeds. The pause between two looks is for what offers nothing to wait on.
wait_for() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || { say "not so in time: $*"; return 1; }
        sleep 0.1
    done
}
