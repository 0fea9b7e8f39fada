namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>
/// Packages of the stories' own, that have an update on a node whenever a story wants one, whatever Debian has mended since the nodes were made: what they cost is
/// the turn itself.
/// </summary>
internal static class StoryUpdates
{
    /// <summary>One whose update goes well.</summary>
    public const string Well = "story-tool";

    /// <summary>Another.</summary>
    public const string Other = "story-other";

    /// <summary>One whose update takes half a minute.</summary>
    public const string Slow = "story-slow";

    /// <summary>One whose update does what those of the container runtime, of the kubelet and of systemd do, and then takes a while.</summary>
    public const string Runtime = "story-runtime";

    /// <summary>A service whose update fails as soon as it is started.</summary>
    public const string Bad = "story-service";

    /// <summary>A service that its update does not restart.</summary>
    public const string Daemon = "story-daemon";

    private const string Folder = "/srv/story";

    // Made on the node: dpkg-deb is there, and what makes an index of packages is not.
    private const string Functions = """
        package() { # NAME VERSION
            mkdir -p "$1/DEBIAN" "$1/usr/share/$1"
            printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: Stories <stories@example.org>\nDescription: a package of stories\n' "$1" "$2" >"$1/DEBIAN/control"
            echo "$2" >"$1/usr/share/$1/version"
        }
        service() { # NAME VERSION COMMAND SYSTEMCTL-COMMAND: a package with a service, and what becomes of it when the package is installed
            package "$1" "$2"
            mkdir -p "$1/usr/lib/systemd/system" "$1/usr/libexec"
            cp /bin/sleep "$1/usr/libexec/$1"
            printf '[Service]\nExecStart=%s\n[Install]\nWantedBy=multi-user.target\n' "$3" >"$1/usr/lib/systemd/system/$1.service"
            after "$1" "systemctl daemon-reload && systemctl enable --quiet $1 && systemctl $4 $1"
        }
        after() { # NAME COMMAND: what is run when the package is installed
            printf '#!/bin/sh\nset -e\n%s\n' "$2" >"$1/DEBIAN/postinst"
            chmod 755 "$1/DEBIAN/postinst"
        }
        build() { # NAME
            dpkg-deb --build --root-owner-group "$1" "$1.deb" >/dev/null
        }
        offer() { # NAME
            build "$1"
            dpkg-deb --field "$1.deb" >>Packages
            printf 'Filename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$1" "$(stat --format=%s "$1.deb")" "$(sha256sum "$1.deb" | cut -d' ' -f1)" >>Packages
        }
        publish() { # what is in the repository, and that it is security's
            printf 'Suite: story-security\nDate: %s\nSHA256:\n %s %s Packages\n' \
                "$(LC_ALL=C date --utc '+%a, %d %b %Y %T UTC')" "$(sha256sum <Packages | cut -d' ' -f1)" "$(stat --format=%s Packages)" >Release
        }
        """;

    /// <summary>Installs packages on a node, and gives it a security repository that has a later version of each.</summary>
    public static Task OfferAsync(NodeMachines machines, string node, params IEnumerable<string> packages)
    {
        var version = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var lines = packages.Select(package => $"""
            {Make(package, $"{version}", isUpdate: false)}
            build {package}
            dpkg --install {package}.deb >/dev/null
            {Make(package, $"{version}.1", isUpdate: true)}
            offer {package}
            """);
        return machines.ShellAsync(node, $"""
            set -e
            {Functions}
            rm -rf {Folder}
            mkdir -p {Folder}
            cd {Folder}
            {string.Join('\n', lines)}
            publish
            echo 'deb [trusted=yes] file:{Folder} ./' >/etc/apt/sources.list.d/story.list
            """);
    }

    /// <summary>Whether the update of a package is installed on a node.</summary>
    public static async Task<bool> IsInstalledAsync(NodeMachines machines, string node, string package) =>
        (await VersionAsync(machines, node, package)).EndsWith(".1", StringComparison.Ordinal);

    /// <summary>What is installed of a package on a node.</summary>
    public static Task<string> VersionAsync(NodeMachines machines, string node, string package) =>
        machines.ShellAsync(node, $"dpkg-query --show --showformat='${{Version}}' {package}");

    private static string Make(string package, string version, bool isUpdate) => package switch
    {
        Bad => $"service {package} {version} '{(isUpdate ? "/bin/false" : $"/usr/libexec/{package} infinity")}' restart",
        Daemon => $"service {package} {version} '/usr/libexec/{package} infinity' start",
        Slow when isUpdate => $"package {package} {version} && after {package} 'sleep 30'",
        Runtime when isUpdate => $"package {package} {version} && after {package} 'systemctl daemon-reexec && systemctl restart containerd kubelet && sleep 10'",
        _ => $"package {package} {version}",
    };
}
