# shellcheck shell=bash
# Docker runs the nodes. A daemon that runs is used as it is; otherwise one is started here, and stopped by the last `down`.

readonly docker_state=$state_home/docker

docker_runs() { command -v docker >/dev/null && docker version >/dev/null 2>&1; }

ensure_docker() {
    [[ $EUID == 0 ]] || die "nodes need root"
    require_packages docker.io debootstrap iproute2 iptables gcc libc6-dev libcap2-bin
    command -v kubectl >/dev/null || require_packages kubernetes-client
    docker_runs || locked docker start_docker
}

start_docker() {
    docker_runs && return
    mkdir -p "$docker_state"
    # What dockerd changes and does not undo when it ends. Noted once, for a daemon of ours may have died having changed it.
    [[ -f $docker_state/forward-policy ]] || iptables -S FORWARD | head -n 1 >"$docker_state/forward-policy"
    setsid dockerd --pidfile "$docker_state/dockerd.pid" >>"$docker_state/dockerd.log" 2>&1 </dev/null 9>&- &
    wait_for 60 docker_runs || { tail -n 20 "$docker_state/dockerd.log"; return 1; }
}

docker_is_ours() {
    local pid
    pid=$(cat "$docker_state/dockerd.pid" 2>/dev/null) && grep -qsF "$docker_state/" "/proc/$pid/cmdline"
}

# Ours, and nobody needs it: no other cluster, which may be about to start its containers, and no container of somebody else.
stop_docker_if_ours() {
    docker_is_ours && [[ -z $(clusters) && -z $(docker ps --quiet) ]] || return 0
    log_dir=$docker_state step "Down: Docker" stop_docker
    rm -rf "$docker_state"
}

stop_docker() {
    stop_process "$(cat "$docker_state/dockerd.pid")"
    ip link delete docker0
    # dockerd leaves its chains and rules behind; whatever else is in the tables stays.
    iptables-save | grep -vE 'DOCKER|docker0' | iptables-restore
    sed 's/^/iptables /' "$docker_state/forward-policy" | bash
}

# The network of a cluster is a /16 or a /20 that Docker finds free. Docker is asked twice, because it gives fixed addresses
# to containers, which a node needs to survive its reboot, only in a subnet that was named to it.
ensure_network() { docker network inspect "$(network_name)" >/dev/null 2>&1 || locked docker create_network; }

create_network() {
    local subnet
    docker network create "$(network_name)"
    subnet=$(network_subnet)
    docker network rm "$(network_name)"
    docker network create --label "patch-operator.cluster=$cluster" --subnet "$subnet" --gateway "${subnet%.*}.1" "$(network_name)"
}

network_name() { echo "patchop-$cluster"; }
network_subnet() { docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' "$(network_name)"; }
network_gateway() { docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' "$(network_name)"; }
network_bridge() { docker network inspect --format '{{printf "br-%.12s" .Id}}' "$(network_name)"; }
