# shellcheck shell=bash
# Kubernetes and etcd, from Debian's packages. Debian has no binary package of the API server, so Kubernetes is built from
# Debian's source package, once per machine: the result is kept in the cache under its version.

readonly kubernetes_commands=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy)

# The newest build in the cache. A security upload to Debian is no reason to build again: remove the directory to do so.
kubernetes_dir() { find "$cache_dir" -maxdepth 1 -name 'kubernetes-*' ! -name '*.building' | sort -V | tail -n 1 | grep .; }

kubernetes_command() {
    [[ ${1:?an action is needed; see cluster --help} == build ]] || die "unknown action $1; see cluster --help"
    log_dir=$cache_dir/build-logs
    step "package lists" require_package_lists
    step "Kubernetes from Debian" ensure_kubernetes
    kubernetes_dir
}

kubernetes_version() { basename "$(kubernetes_dir)" | sed -E 's/^kubernetes-(.*really)?([0-9.]+).*/\2/'; }

ensure_kubernetes() {
    ! kubernetes_dir >/dev/null || return 0
    require_packages ca-certificates debian-archive-keyring dpkg-dev golang-1.19-go golang-github-modern-go-reflect2-dev jq make rsync
    locked kubernetes build_kubernetes
}

build_kubernetes() {
    # What has been compiled outlives a build that is interrupted: the next goes on from there.
    local version work=$cache_dir/kubernetes.building compiled=$cache_dir/kubernetes.gocache
    ! kubernetes_dir >/dev/null || return 0
    rm -rf "$work"
    mkdir -p "$work/gopath/src/k8s.io"
    cd "$work"
    fetch_kubernetes_source
    version=$(sed -n 's/^Version: //p' kubernetes_*.dsc)

    # GOPATH mode, as this release was built; -v names each package as it is built, which is our progress report.
    mv kubernetes-*/ gopath/src/k8s.io/kubernetes
    cd gopath/src/k8s.io/kubernetes
    # The reflect2 of this release iterates over maps by a runtime function whose parameters changed in Go 1.18: the API server
    # then writes over memory that is not its own, and panics at indented answers. Debian's package has the release that fits.
    rm -r vendor/github.com/modern-go/reflect2
    cp -r /usr/share/gocode/src/github.com/modern-go/reflect2 vendor/github.com/modern-go/
    kubernetes_build_identity "$version" >"$work/version"
    env PATH="/usr/lib/go-1.19/bin:$PATH" GOPATH="$work/gopath" GOCACHE="$compiled" GOTOOLCHAIN=local GO111MODULE=off \
        GOFLAGS=-v CGO_ENABLED=0 KUBE_GIT_VERSION_FILE="$work/version" \
        make WHAT="$(printf 'cmd/%s ' "${kubernetes_commands[@]}")"

    mkdir "$work/result"
    for name in "${kubernetes_commands[@]}"; do
        install "_output/bin/$name" "$work/result/"
    done
    mv "$work/result" "$cache_dir/kubernetes-$version"
    cd "$cache_dir"
    chmod -R u+w "$work"
    rm -rf "$work" "$compiled"
}

# Source packages of the machine's own mirror, without a change to the machine's apt configuration.
fetch_kubernetes_source() {
    debian_repositories | sed 's|^|deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] |' >sources.list
    mkdir -p lists/partial
    local apt=(apt-get -o "Dir::Etc::SourceList=$PWD/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$PWD/lists"
        -o APT::Sandbox::User=root)
    "${apt[@]}" update
    "${apt[@]}" source kubernetes
}

# What a build from a git checkout would have found out: without it every component reports version v0.0.0.
kubernetes_build_identity() {
    local release
    release=$(sed -E 's/^(.*really)?([0-9.]+).*/\2/' <<<"$1")
    printf '%s\n' "KUBE_GIT_COMMIT=debian" "KUBE_GIT_TREE_STATE=archive" "KUBE_GIT_VERSION=v$release" \
        "KUBE_GIT_MAJOR=${release%%.*}" "KUBE_GIT_MINOR=$(cut -d. -f2 <<<"$release")"
}

# etcd, unpacked rather than installed: the package would start a service of its own.
ensure_etcd() {
    [[ -x $cache_dir/etcd/usr/bin/etcd ]] || locked etcd unpack_package etcd-server "$cache_dir/etcd"
}
