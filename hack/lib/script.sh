# shellcheck shell=bash
# What scripts say, and what they need of the machine.

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# heading TEXT... prints what comes now, and the seconds until then.
heading() { printf '\n=== %4d s  %s\n' "$SECONDS" "$*"; }

# require PROGRAM[:PACKAGE]... installs the Debian packages of programs that are missing, or says which are. A package has the program's
# name where none is given.
require() {
    local program missing=()
    for program in "$@"; do command -v "${program%%:*}" >/dev/null || missing+=("${program#*:}"); done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        die "needs ${missing[*]}; on Debian, as root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null
}

# build_solution: with one compiler for all projects, warm after the first, also where the environment wants a new one for each.
build_solution() { dotnet build PatchOperator.sln --nologo --verbosity quiet --property:UseSharedCompilation=true; }

# debian_repositories prints "URI SUITE COMPONENTS" for each of Debian's own repositories this machine uses: the mirror is the
# machine's choice, never ours. apt itself reads its sources, so both formats of them do.
debian_repositories() {
    # shellcheck disable=SC2016  # apt's own variables.
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
        | sort -u | sed -n 's/^Debian //p' | grep .
}

# unpack_package PACKAGE DIRECTORY puts a package's files into a new directory; nothing of it is installed.
unpack_package() {
    [[ ! -d $2 ]] || return 0
    require apt-get:apt dpkg-deb:dpkg
    local work
    mkdir -p "$(dirname "$2")"
    work=$(mktemp -d "$2.XXXXXX")
    (
        cd "$work" || exit
        download_package "$1" || { apt-get -qq update && download_package "$1"; } || die "apt-get could not fetch $1"
        dpkg-deb --extract "$1"_*.deb root
    )
    # Somebody else may have been faster.
    mv -T "$work/root" "$2" || [[ -d $2 ]]
    rm -rf "$work"
}

download_package() { apt-get -qq -o APT::Sandbox::User=root download "$1"; }
