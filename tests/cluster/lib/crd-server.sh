# shellcheck shell=bash
# The CustomResourceDefinition server of a current Kubernetes: the code that checks definitions, their rules, defaults and objects.
# Debian's Kubernetes is too old to know rules, and its newer releases have kubectl alone; but sid has that code as a library
# (golang-k8s-apiextensions-apiserver-dev), and its Go, etcd and kubectl run on Debian 12. Nothing of sid is installed: it is unpacked,
# our main.go is built with it, once per machine, and the result is kept in the cache under its version.

readonly crd_server_library=golang-k8s-apiextensions-apiserver-dev
readonly crd_server_packages=("$crd_server_library" golang-go etcd-server kubectl)
readonly crd_server_failure=$cache_dir/crd-server.failure

# The newest build of main.go as it is, in the cache. That sid has moved is no reason to build again: remove the directory to do so.
crd_server_dir() {
    find "$cache_dir" -maxdepth 1 -name "crd-server-*-$(crd_server_digest)" | sort -V | tail -n 1 | grep .
}

# Of the program and of how it is built.
crd_server_digest() { { cat "$here/crd-server/main.go" && declare -f compile_crd_server; } | digest; }

# Release 0.36.4 of the library is that of Kubernetes 1.36.4.
crd_server_version() { basename "$(crd_server_dir)" | sed -E 's/^crd-server-0\.([0-9.]+).*/1.\1/'; }

crd_server_command() {
    case ${1:?an action is needed; see cluster --help} in
        build)
            log_dir=$cache_dir/crd-server-logs
            step "CRD server from Debian sid" ensure_crd_server
            crd_server_dir
            ;;
        path) crd_server_dir || die "the CRD server is not built: $(why_no_crd_server)" ;;
        *) die "unknown action $1; see cluster --help" ;;
    esac
}

why_no_crd_server() { tail -n 1 "$crd_server_failure" 2>/dev/null || say "run: cluster crd-server build"; }

ensure_crd_server() {
    ! crd_server_dir >/dev/null || return 0
    require_packages ca-certificates debian-archive-keyring
    require_package_lists
    locked crd-server build_crd_server
}

build_crd_server() {
    local work=$cache_dir/crd-server.building version
    ! crd_server_dir >/dev/null || return 0
    rm -rf "$work"
    mkdir -p "$work/apt/lists/partial" "$work/debs" "$work/root" "$work/result"
    cd "$work"
    # What is to be said if it ends here, for those who only look at whether there is one.
    say "Debian sid's packages cannot be had from the machine's mirror" >"$crd_server_failure"
    fetch_sid_packages
    version=$(dpkg-deb --field debs/"$crd_server_library"_*.deb Version)
    say "it does not build with sid's $crd_server_library $version" >"$crd_server_failure"
    find debs -name '*.deb' -exec dpkg-deb --extract {} root \;
    compile_crd_server "$(sed -E 's/^0\.([0-9.]+).*/1.\1/' <<<"$version")"
    say "what sid has does not run on this machine" >"$crd_server_failure"
    install -t result root/usr/bin/etcd root/usr/bin/kubectl
    result/crd-server --help >/dev/null
    result/etcd --version
    result/kubectl version --client

    mv result "$cache_dir/crd-server-$version-$(crd_server_digest)"
    cd "$cache_dir"
    rm -rf "$work" "$crd_server_failure"
}

# Everything that the library and Go name, one by one, from the machine's own mirror and without a change to its apt configuration.
fetch_sid_packages() {
    local mirror names
    mirror=$(debian_repositories | awk '$3 ~ /main/ && $2 !~ /security/ { print $1; exit }')
    say "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >apt/sources.list
    : >apt/status
    sid_apt update
    mapfile -t names < <(sid_apt install --print-uris --no-install-recommends "${crd_server_packages[@]}" | needed_of_sid)
    ((${#names[@]} > ${#crd_server_packages[@]})) || die "sid cannot tell what $crd_server_library needs"
    cd debs
    sid_apt download "${names[@]}"
    cd ..
}

# needed_of_sid reads what apt would fetch, "'URI' FILE SIZE ...", and prints the packages that are needed of it: sources in Go, which
# are small (the few large ones, half of all bytes, are of clouds and compressors that nothing here uses), Go itself, and the programs.
needed_of_sid() {
    awk '$1 ~ /^'\''/ {
        name = $2; sub(/_.*/, "", name)
        if (name ~ /^golang-.*-dev$/ && $3 < 8000000 || name ~ /^golang-(go|[0-9.]+-(go|src))$/ || name ~ /^(etcd-server|kubectl)$/) print name
    }'
}

# An apt of its own: nothing is installed in its eyes, and all it knows is sid. A mirror may be behind: the lists' date is not looked at.
sid_apt() {
    apt-get -q -o Dir::Etc::SourceList="$cache_dir/crd-server.building/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Dir::State="$cache_dir/crd-server.building/apt" -o Dir::State::Status="$cache_dir/crd-server.building/apt/status" \
        -o Dir::Cache="$cache_dir/crd-server.building/apt" -o Debug::NoLocking=true -o APT::Sandbox::User=root \
        -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none -o Acquire::Retries=2 -o APT::Update::Error-Mode=any "$@"
}

# compile_crd_server VERSION, which it says it is: without one it reports v0.0.0, which clients cannot read. GOPATH mode, in which
# Debian's packages of Go are made to be used; -v names each package as it is built, our progress report.
compile_crd_server() {
    local gopath=$PWD/root/usr/share/gocode minor
    minor=$(cut -d. -f2 <<<"$1")
    mkdir -p "$gopath/src/crd-server"
    cp "$here/crd-server/main.go" "$gopath/src/crd-server/"
    env --unset=GOROOT GOPATH="$gopath" GOCACHE="$PWD/gocache" GO111MODULE=off GOTOOLCHAIN=local GOPROXY=off GOFLAGS=-v CGO_ENABLED=0 \
        root/usr/lib/go/bin/go build -ldflags "-s -w $(printf -- '-X k8s.io/component-base/version.%s ' "gitVersion=v$1" gitMajor=1 "gitMinor=$minor")" -o result/crd-server crd-server
}

# Alone it is the API server of its cluster. Behind one it lets that say who asks and whether he may, and is registered with it; and it admits by
# ValidatingAdmissionPolicies, once it has been told what those are: until then it would wait for them for ever.
start_crd_server() {
    daemon_runs crd-server && return
    if [[ $cluster_kind != bare-crds ]]; then
        run_crd_server "$api_port"
        return
    fi
    local config=$state_dir/admin.kubeconfig
    local behind=("--authentication-kubeconfig=$config" "--authorization-kubeconfig=$config")
    run_crd_server "$crds_port" "${behind[@]}" --disable-admission-plugins=ValidatingAdmissionPolicy,MutatingAdmissionPolicy
    register_crd_server
    stop_daemon crd-server
    run_crd_server "$crds_port" "${behind[@]}" --disable-admission-plugins=MutatingAdmissionPolicy
    # It begins before it knows who is who.
    wait_for 60 api /apis/patchoperator.io/v1alpha1/patchruns
}

# run_crd_server PORT OPTION...
run_crd_server() {
    local pki=$state_dir/pki
    start_daemon crd-server "$(crd_server_dir)/crd-server" \
        --etcd-servers="http://127.0.0.1:$etcd_port" --bind-address="$address" --secure-port="$1" \
        --tls-cert-file="$pki/api-server.crt" --tls-private-key-file="$pki/api-server.key" \
        --kubeconfig="$state_dir/admin.kubeconfig" --enable-priority-and-fairness=false "${@:2}"
    # As a whole it never says that it is ready, for want of the rest of Kubernetes.
    wait_for_daemon crd-server api /readyz/poststarthook/crd-informer-synced "$1"
}

# What the API server needs to vouch to a server behind it for whom it has let in. It is found by name, not by endpoints: those may not
# be on loopback.
front_proxy_options() {
    local pki=$state_dir/pki
    printf '%s\n' --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
        --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy \
        --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
        --requestheader-extra-headers-prefix=X-Remote-Extra- --enable-aggregator-routing=false
}

# Our definitions come first, to the server itself: the API server looks at once whether there is what is registered, and only half a
# minute later again. Then the group, before the API server hears of its definitions and takes it for one of its own.
register_crd_server() {
    local kubectl=("$(crd_server_dir)/kubectl" --kubeconfig "$state_dir/admin.kubeconfig")
    "${kubectl[@]}" --server "https://$address:$crds_port" apply --kustomize "$here/../../crds"
    "${kubectl[@]}" --server "https://$address:$crds_port" apply --filename "$here/crd-server/admission.yaml"
    wait_for 60 api /apis/patchoperator.io/v1alpha1 "$crds_port"
    wait_for 60 api /apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings "$crds_port"
    crd_server_registration | "${kubectl[@]}" apply --validate=false --filename -
    "${kubectl[@]}" wait --for=condition=Available --timeout=60s apiservice/v1alpha1.patchoperator.io apiservice/v1.apiextensions.k8s.io apiservice/v1.admissionregistration.k8s.io
}

crd_server_registration() {
    cat <<SERVICE
apiVersion: v1
kind: Service
metadata: {name: crd-server, namespace: kube-system}
spec: {type: ExternalName, externalName: localhost, ports: [{port: $crds_port}]}
SERVICE
    local name
    for name in v1alpha1.patchoperator.io v1.apiextensions.k8s.io v1.admissionregistration.k8s.io; do
        cat <<REGISTRATION
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata:
  name: $name
  labels: {kube-aggregator.kubernetes.io/automanaged: "false"}
spec:
  group: ${name#*.}
  version: ${name%%.*}
  groupPriorityMinimum: 16700
  versionPriority: 15
  service: {namespace: kube-system, name: crd-server, port: $crds_port}
  caBundle: $(base64 -w0 "$state_dir/pki/ca.crt")
REGISTRATION
    done
}
