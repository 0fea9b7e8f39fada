# shellcheck shell=bash
# The control plane: etcd, API server, controller manager and scheduler, as processes of this machine. It is set up the way a
# cluster for people is: RBAC and node authorization on, no anonymous kubelet, each component with a certificate of its own.

# 198.18.0.0/15 is set aside for tests (RFC 2544): no real network of this machine hides behind a service address.
readonly service_subnet=198.18.0.0/24
readonly service_address=198.18.0.1

ensure_settings() {
    exists && return
    local address=127.0.0.1 network=
    if [[ $1 == nodes ]]; then
        # Nodes reach this machine, and with it the API server, at the gateway of their network.
        network=$(network_subnet)
        address=$(network_gateway)
    fi
    printf '%s\n' "cluster_kind=$1" "address=$address" "subnet=$network" "api_port=$(free_port)" "etcd_port=$(free_port)" "crds_port=$(free_port)" \
        >"$state_dir/settings.new"
    mv "$state_dir/settings.new" "$state_dir/settings"
}

start_etcd() {
    # No fsync: the data lives as long as the cluster, and a test never waits for the disk. One member needs no peer port.
    start_daemon etcd "$(etcd_program)" --data-dir "$state_dir/etcd" --unsafe-no-fsync \
        --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
        --listen-peer-urls http://127.0.0.1:0
    wait_for_daemon etcd curl -sf "http://127.0.0.1:$etcd_port/health"
}

# The CRD server of today needs an etcd of today.
etcd_program() { if [[ $cluster_kind == *crds ]]; then say "$(crd_server_dir)/etcd"; else say "$cache_dir/etcd/usr/bin/etcd"; fi; }

start_api_server() {
    local pki=$state_dir/pki options=()
    # Without a controller manager nobody makes the ServiceAccount "default", without which no Pod object could be created.
    [[ $cluster_kind != bare* ]] || options+=(--disable-admission-plugins=ServiceAccount)
    if [[ $cluster_kind == bare-crds ]]; then
        mapfile -t -O "${#options[@]}" options < <(front_proxy_options)
    else
        options+=(--enable-aggregator-routing=true)
    fi
    write_audit_policy >"$state_dir/audit-policy.yaml"
    start_daemon kube-apiserver "$(kubernetes_dir)/kube-apiserver" \
        --etcd-servers="http://127.0.0.1:$etcd_port" \
        --bind-address="$address" --secure-port="$api_port" --advertise-address="$(advertised_address)" \
        --service-cluster-ip-range=$service_subnet \
        --tls-cert-file="$pki/api-server.crt" --tls-private-key-file="$pki/api-server.key" --client-ca-file="$pki/ca.crt" \
        --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
        --service-account-issuer=https://kubernetes.default.svc \
        --service-account-key-file="$pki/service-accounts.key" --service-account-signing-key-file="$pki/service-accounts.key" \
        --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
        --kubelet-client-certificate="$pki/api-server-to-kubelet.crt" --kubelet-client-key="$pki/api-server-to-kubelet.key" \
        --audit-policy-file="$state_dir/audit-policy.yaml" --audit-log-path="$log_dir/audit.log" "${options[@]}"
    wait_for_daemon kube-apiserver api /readyz
}

# What ServiceAccounts outside the cluster's own namespaces ask for: so one sees which rights they use.
write_audit_policy() {
    cat <<'POLICY'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: None
    userGroups: [system:serviceaccounts:kube-system]
  - level: Metadata
    userGroups: [system:serviceaccounts]
POLICY
}

# An API server must not advertise the loopback address; without nodes nobody reads what it advertises.
advertised_address() { if [[ $address == 127.* ]]; then echo 192.0.2.1; else echo "$address"; fi; }

start_controller_manager() {
    local pki=$state_dir/pki config=$state_dir/controller-manager.kubeconfig options=()
    # Thousands of pretended nodes: what the controllers may ask a second must not be what is measured.
    [[ $cluster_kind != bare-controllers ]] || options+=(--kube-api-qps=500 --kube-api-burst=1000
        "--controllers=job,garbagecollector,ttl,disruption,serviceaccount,serviceaccount-token")
    # Half the usual grace period: a test of a node that stays away waits for it.
    start_daemon controller-manager "$(kubernetes_dir)/kube-controller-manager" --kubeconfig="$config" \
        --authentication-kubeconfig="$config" --authorization-kubeconfig="$config" \
        --use-service-account-credentials --service-account-private-key-file="$pki/service-accounts.key" \
        --root-ca-file="$pki/ca.crt" --node-monitor-grace-period=20s --leader-elect=false --port=0 --secure-port=0 "${options[@]}"
}

# They take seconds to begin, in which the nodes boot. They are at work when the first thing everybody needs is there: the
# default ServiceAccount, with its token.
wait_for_controllers() {
    wait_for_daemon controller-manager has_default_token
    wait_for_daemon scheduler true
}

has_default_token() { api /api/v1/namespaces/default/serviceaccounts/default | grep -q default-token; }

start_scheduler() {
    local config=$state_dir/scheduler.kubeconfig
    start_daemon scheduler "$(kubernetes_dir)/kube-scheduler" --kubeconfig="$config" \
        --authentication-kubeconfig="$config" --authorization-kubeconfig="$config" \
        --leader-elect=false --port=0 --secure-port=0
}

# api PATH [PORT] asks the API server, or what else listens at PORT, as the administrator. Not indented, as it answers a curl that does not say otherwise.
api() {
    curl -sf --header 'Accept: application/json' --user-agent patch-operator --cacert "$state_dir/pki/ca.crt" --cert "$state_dir/pki/admin.crt" --key "$state_dir/pki/admin.key" \
        "https://$address:${2:-$api_port}$1"
}
