# shellcheck shell=bash
# A registry for container images: Debian's docker-registry, a process of this machine. It listens where nodes and pods reach
# this machine, so that it has one name for all of them; plain HTTP, no credentials, and images can be deleted.

registry_command() {
    case ${1:?an action is needed; see cluster --help} in
        start)
            step "Debian packages" require_packages skopeo
            step "Registry from Debian" ensure_registry
            step "Registry settings" ensure_registry_port
            read_settings
            step "Registry" start_registry
            say "the registry of $cluster: $(registry_address)"
            ;;
        stop) step "Stop the registry" stop_daemon registry ;;
        address) registry_address ;;
        *) die "unknown action $1; see cluster --help" ;;
    esac
}

registry_address() {
    [[ $registry_port ]] || die "$cluster has no registry; start it with: cluster registry start --name $cluster"
    say "$address:$registry_port"
}

# Unpacked rather than installed: the package would start a service of its own.
ensure_registry() {
    [[ -x $cache_dir/registry/usr/bin/docker-registry ]] && return
    require_package_lists
    locked registry unpack_package docker-registry "$cache_dir/registry"
}

# Decided once: images are known by the address, so a registry that comes back must have the one it had.
ensure_registry_port() {
    [[ -z $registry_port ]] || return 0
    echo "registry_port=$(free_port)" >>"$state_dir/settings"
}

start_registry() {
    mkdir -p "$state_dir/registry"
    # No upload is purged: the purge begins at a random time, and data lives as long as the cluster.
    cat >"$state_dir/registry/config.yml" <<CONFIG
version: 0.1
log:
  level: info
storage:
  filesystem: {rootdirectory: $state_dir/registry/data}
  delete: {enabled: true}
  maintenance: {uploadpurging: {enabled: false}}
http:
  addr: $(registry_address)
CONFIG
    start_daemon registry "$cache_dir/registry/usr/bin/docker-registry" serve "$state_dir/registry/config.yml"
    wait_for_daemon registry curl -sf "http://$(registry_address)/v2/"
}
