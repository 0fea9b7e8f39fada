# shellcheck shell=bash
# Prerequisites: Debian packages, installed by apt when we may, named when we may not.

# require_packages PACKAGE... makes sure that each is installed.
require_packages() {
    local missing=()
    command -v dpkg-query >/dev/null || die "this needs Debian 12 with the packages: $*"
    for package in "$@"; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    [[ $EUID == 0 ]] || die "missing Debian packages; as root: apt-get install --no-install-recommends ${missing[*]}"

    say "installing ${missing[*]}"
    locked packages install_missing "${missing[@]}"
}

install_missing() { install_packages "$@" || { apt-get -qq update && install_packages "$@"; }; }

# A machine may have every package and no package lists, as the usual container images do; sources and downloads need the lists.
require_package_lists() {
    ! debian_repositories >/dev/null || return 0
    [[ $EUID == 0 ]] || die "apt knows no packages; as root: apt-get update"
    say "fetching the package lists"
    apt-get -qq update
    debian_repositories >/dev/null || die "apt's sources name no Debian repository: this needs Debian 12's, see sources.list(5)"
}

# Another apt at work is a reason to wait, not to fail; and an archive directory of our own, because on the usual container
# images each `apt-get update` empties the common one, also under an installation that is running.
install_packages() {
    mkdir -p "$cache_dir/archives/partial"
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o APT::Sandbox::User=root \
        -o Dir::Cache::Archives="$cache_dir/archives" install -y --no-install-recommends "$@"
    rm -rf "$cache_dir/archives"
}
