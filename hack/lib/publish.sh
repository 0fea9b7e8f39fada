# shellcheck shell=bash
# The programs as they go into the images. How they are published is for their projects to say.
# shellcheck source=hack/lib/script.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/script.sh"

# publish_operator SOURCE FOLDER
publish_operator() { publish_project "$1/operator/PatchOperator" "$2"; }

# publish_agent SOURCE FOLDER
publish_agent() {
    # Links it.
    require gcc:g++
    publish_project "$1/operator/PatchOperator.Agent" "$2"
}

# publish_with_environment SOURCE FOLDER publishes the operator, and puts beside it what its image sets.
publish_with_environment() {
    publish_operator "$1" "$2"
    sed -n 's/^ENV //p' "$1/Dockerfile" >"$2/environment"
}

# sources_of COMMIT FOLDER
sources_of() {
    mkdir -p "$2"
    git archive "$1" | tar --extract --directory "$2"
}

publish_project() {
    command -v dotnet >/dev/null || die "needs the .NET SDK"
    dotnet publish "$1" --configuration Release --runtime "$(dotnet_runtime)" --self-contained --output "$2" --nologo --verbosity quiet \
        --property:UseSharedCompilation=true
}

dotnet_runtime() {
    case $(uname -m) in
        x86_64) echo linux-x64 ;;
        aarch64) echo linux-arm64 ;;
        *) die "no .NET runtime for $(uname -m)" ;;
    esac
}
