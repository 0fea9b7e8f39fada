# shellcheck shell=bash
# Nodes: containers named patchop-CLUSTER-NODE. Node node-I has the address 10 + I of the cluster's subnet, and its pods
# have the I-th /24 of that subnet: all follows from the name, so a node is the same one after a reboot or a reset.

node_container() { echo "patchop-$cluster-$1"; }

node_number() {
    [[ $1 =~ ^node-([1-9][0-9]?)$ ]] || die "not a node name: $1 (node-1 to node-99)"
    echo "${BASH_REMATCH[1]}"
}

# subnet_part THIRD prints the first three numbers of an address of the subnet, with THIRD added to the third.
subnet_part() {
    local first second third
    IFS=./ read -r first second third _ <<<"$subnet"
    echo "$first.$second.$((third + $1))"
}

node_address() { echo "$(subnet_part 0).$((10 + $(node_number "$1")))"; }
node_pods() { echo "$(subnet_part "$(node_number "$1")").0/24"; }

nodes_of_cluster() {
    docker_runs || return 0
    docker ps --all --filter "label=patch-operator.cluster=$cluster" --format '{{.Label "patch-operator.node"}}' | sort -V
}

# All at once: most of a node's start is waiting.
ensure_nodes() {
    local number
    for ((number = 1; number <= $1; number++)); do
        ensure_node "node-$number"
    done
    for ((number = 1; number <= $1; number++)); do
        wait_until_ready "node-$number"
    done
}

ensure_node() {
    if docker container inspect "$(node_container "$1")" >/dev/null 2>&1; then
        docker start "$(node_container "$1")"
    else
        create_node "$1"
    fi
    # For pods on other nodes, and for webhooks, which the API server calls in their pods.
    ip route replace "$(node_pods "$1")" via "$(node_address "$1")" dev "$(network_bridge)"
}

create_node() {
    local node=$1 options archive
    mapfile -t options < <(capabilities && resolver)
    write_node_configuration "$node"
    docker run --detach --name "$(node_container "$node")" --hostname "$node" \
        --label "patch-operator.cluster=$cluster" --label "patch-operator.node=$node" \
        --network "$(network_name)" --ip "$(node_address "$node")" --restart unless-stopped \
        --device-cgroup-rule 'a *:* rwm' --device /dev/kmsg --cgroupns private \
        --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined \
        --tmpfs /run:exec --tmpfs /run/lock --tmpfs /tmp:exec \
        --volume /var/lib/containerd --volume /var/lib/kubelet --volume "$state_dir/nodes/$node:/etc/kubernetes:ro" \
        "${options[@]}" "$(node_image)"
    for archive in "$state_dir"/images/*.tar; do
        [[ ! -f $archive ]] || load_image "$archive" "$node"
    done
}

# Each capability that this machine has itself: not --privileged, which fails where one is missing. The three left out are
# newer than Debian 12's dockerd, and no part of a node needs them.
capabilities() {
    capsh --decode="$(sed -n 's/^CapBnd:\t//p' /proc/self/status)" | sed 's/.*=//' | tr , '\n' \
        | grep -vxE 'cap_(perfmon|bpf|checkpoint_restore)' | sed 's/^cap_/--cap-add=/'
}

# Names are resolved as on this machine. Docker's own resolver listens inside the node on loopback, where pods cannot ask it;
# so does, on this machine, that of systemd, which keeps the real servers in another file.
resolver() {
    local file
    for file in /etc/resolv.conf /run/systemd/resolve/resolv.conf; do
        if grep -qs '^nameserver' "$file" && ! grep -qs '^nameserver *127\.' "$file"; then
            # Nodes are made side by side: the file is whole at each moment.
            install -m 644 "$file" "$state_dir/resolv.conf.$BASHPID"
            mv "$state_dir/resolv.conf.$BASHPID" "$state_dir/resolv.conf"
            echo "--volume=$state_dir/resolv.conf:/etc/resolv.conf"
            return
        fi
    done
}

# Everything by which a node differs from the others, mounted into it as /etc/kubernetes.
write_node_configuration() {
    local node=$1 folder=$state_dir/nodes/$1
    mkdir -p "$folder/cni"
    cd "$state_dir/pki"
    certificate "$node" "/O=system:nodes/CN=system:node:$node"
    certificate "$node-server" "/CN=$node" "IP:$(node_address "$node"),DNS:$node"
    certificate kube-proxy /CN=system:kube-proxy
    kubeconfig "$node" "$folder/kubelet.kubeconfig"
    kubeconfig kube-proxy "$folder/kube-proxy.kubeconfig"
    cp ca.crt "$folder/"
    cp "$node-server.crt" "$folder/kubelet-server.crt"
    cp "$node-server.key" "$folder/kubelet-server.key"
    printf '%s\n' "ADDRESS=$(node_address "$node")" "GATEWAY=$address" "SUBNET=$subnet" >"$folder/node.env"
    # Point to point rather than a bridge: then pods of one node reach each other through the node's routing, where
    # kube-proxy's rules work. The addresses given out are forgotten at a reboot, as the pods are.
    cat >"$folder/cni/10-pods.conflist" <<CNI
{
  "cniVersion": "0.4.0",
  "name": "pods",
  "plugins": [
    {
      "type": "ptp",
      "ipam": {
        "type": "host-local",
        "dataDir": "/run/cni-addresses",
        "ranges": [[{"subnet": "$(node_pods "$node")"}]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
CNI
}

wait_until_ready() {
    wait_for 60 api "/api/v1/nodes/$1" >/dev/null
    kubectl --kubeconfig "$state_dir/admin.kubeconfig" wait --for=condition=Ready --timeout=120s "node/$1"
}

node_command() {
    local action=${1:?an action is needed; see cluster --help} node=${2:?the name of a node is needed}
    local container
    container=$(node_container "$node")
    shift 2
    [[ $cluster_kind == nodes ]] || die "$cluster has no nodes and cannot get any"
    [[ $action == add ]] || docker container inspect "$container" >/dev/null 2>&1 || die "no node $node in $cluster"
    case $action in
        add) step "Node $node" add_node "$node" ;;
        delete) step "Delete $node" docker rm --force --volumes "$container" ;;
        reset) step "Reset $node" reset_node "$node" ;;
        stop) step "Stop $node" docker stop "$container" ;;
        start) step "Start $node" ensure_node "$node" ;;
        reboot) step "Reboot $node" docker exec "$container" systemctl reboot ;;
        no-restart) step "Node $node" docker update --restart=no "$container" ;;
        restart)
            step "Node $node" docker update --restart=unless-stopped "$container"
            step "Start $node" ensure_node "$node"
            ;;
        exec) docker exec --interactive "$container" "$@" ;;
        *) die "unknown action $action; see cluster --help" ;;
    esac
}

add_node() {
    ensure_node "$1"
    wait_until_ready "$1"
}

reset_node() {
    docker rm --force --volumes "$(node_container "$1")"
    add_node "$1"
}

# The archives are kept, for the nodes that come later.
load_images() {
    (($#)) || die "which image archive?"
    local archive node
    mkdir -p "$state_dir/images"
    for archive in "$@"; do
        [[ -f $archive ]] || die "no such file: $archive"
        cp --reflink=auto "$archive" "$state_dir/images/$(basename "$archive" .tar).tar"
        for node in $(nodes_of_cluster); do
            step "Load $(basename "$archive") into $node" load_image "$archive" "$node"
        done
    done
}

load_image() {
    wait_for 60 docker exec "$(node_container "$2")" systemctl is-active --quiet containerd
    docker exec --interactive "$(node_container "$2")" ctr -n k8s.io images import - <"$1"
}

# What a node has to say about why it did not come up, before it is removed.
save_node_logs() {
    local node
    for node in $(nodes_of_cluster); do
        docker logs "$(node_container "$node")" >"$log_dir/$node.log" 2>&1
        docker exec "$(node_container "$node")" journalctl --no-pager >>"$log_dir/$node.log" 2>&1
    done
}

remove_nodes_and_network() {
    local containers
    if [[ -d $state_dir/nodes ]]; then
        # A daemon that died is started once more: only it can remove what it has.
        ensure_docker
    fi
    docker_runs || return 0
    mapfile -t containers < <(docker ps --all --quiet --filter "label=patch-operator.cluster=$cluster")
    ((${#containers[@]} == 0)) || docker rm --force --volumes "${containers[@]}"
    if docker network inspect "$(network_name)" >/dev/null 2>&1; then
        docker network rm "$(network_name)"
    fi
}
