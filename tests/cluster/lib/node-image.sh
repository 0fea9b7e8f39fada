# shellcheck shell=bash
# The node image: a Debian machine in a container, with real systemd, containerd and kubelet. It is made from Debian's `main`
# suite alone, whose packages are as old as the last point release, and then told of the security suite: its pending updates
# are the real ones of today. Two images, because the first takes a minute and hardly ever changes.

# What a node needs, and openssl, which every server has and which is patched often.
readonly node_packages=(systemd systemd-sysv dbus containerd runc iproute2 iptables conntrack containernetworking-plugins
    ethtool socat ca-certificates procps kmod openssl)

# An image is named after all that goes into it, so that a change makes a new one and no change makes none.
node_base_image() { echo "patch-operator/node-base:$(printf '%s\n' "${node_packages[@]}" | digest)"; }

wanted_node_image() {
    echo "patch-operator/node:$({
        node_base_image && apt_sources && apt_settings
        find "$(kubernetes_dir)" -type f -printf '%p %s %T@\n' | sort
        cd "$here" && find node lib/node-image.sh -type f | sort | xargs sha256sum
    } | digest)"
}

digest() { sha256sum | head -c 12; }

ensure_node_image() {
    local image
    image=$(wanted_node_image)
    has_image "$image" || locked node-image build_node_image "$image"
    echo "$image" >"$state_dir/node-image"
}

node_image() { cat "$state_dir/node-image"; }

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

build_node_image() {
    local work base
    base=$(node_base_image)
    has_image "$1" && return
    has_image "$base" || build_node_base_image "$base"

    work=$(mktemp -d "$cache_dir/node-image.XXXXXX")
    cp -r "$here/node/." "$work"
    install -D -t "$work/root/usr/local/bin" "$(kubernetes_dir)/kubelet" "$(kubernetes_dir)/kube-proxy"
    apt_sources | install -D -m 644 /dev/stdin "$work/root/etc/apt/sources.list"
    apt_settings | install -D -m 644 /dev/stdin "$work/root/etc/apt/apt.conf.d/90machine"
    build_pause_image "$work/root/usr/local/share/images/pause.tar"
    # The classic builder: Debian 12 has no other.
    DOCKER_BUILDKIT=0 docker build --build-arg base="$base" --tag "$1" "$work"
    rm -rf "$work"
    # Its predecessors, but for those that a cluster still uses: for them this fails.
    docker images --quiet --filter reference=patch-operator/node --filter "before=$1" | xargs --no-run-if-empty docker rmi || true
}

build_node_base_image() {
    local work codename mirror
    work=$(mktemp -d "$cache_dir/node-base.XXXXXX")
    codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    mirror=$(debian_repositories | awk -v suite="$codename" '$2 == suite { print $1; exit }')
    debootstrap --variant=minbase --include="$(IFS=, && echo "${node_packages[*]}")" "$codename" "$work/root" "$mirror"
    tar -C "$work/root" --create . | docker import - "$1"
    rm -rf "$work"
}

# Nodes reach the mirrors this machine uses, in the way it does.
apt_sources() { debian_repositories | sed 's|^|deb |'; }

apt_settings() {
    apt-config dump | grep -E '^Acquire::(Check-Date|Check-Valid-Until|Max-FutureTime|https?::|Retries)' || true
    # Nobody reads translated package descriptions here, and they are half of what `apt-get update` fetches.
    say 'Acquire::Languages "none";'
}

# The image of every pod's first container. It does nothing until it is told to end, so it also serves as the workload of
# Deployments in tests, under the name that is given here: no registry is needed.
readonly pause_image=patchop.local/pause:1

build_pause_image() {
    local work
    work=$(mktemp -d "$cache_dir/pause.XXXXXX")
    gcc -static -Os -s -o "$work/pause" "$here/node/pause.c"
    tar -C "$work" --create pause | docker import --change 'ENTRYPOINT ["/pause"]' - "$pause_image"
    mkdir -p "$(dirname "$1")"
    docker save --output "$1" "$pause_image"
    docker rmi "$pause_image"
    rm -rf "$work"
}
