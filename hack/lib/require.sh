# shellcheck shell=bash
# What scripts need of the machine.

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# require PROGRAM... installs Debian packages of these names where the programs are missing, or says which are.
require() {
    local tool missing=()
    for tool in "$@"; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        die "needs ${missing[*]}; on Debian, as root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null
}
