using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Zypper;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>
/// The tools' own dnf, zypper and rpm at work on a root that has none yet. They see it at one place: where the workspace is must not get into the image, and
/// neither may what this machine has configured.
/// </summary>
internal static class LentTools
{
    /// <summary>Where the tools have the root.</summary>
    public const string Place = "/mnt";

    /// <summary>Where their rpm keeps the root's database: zypper knows this place, and links the older one to it.</summary>
    public const string Database = "/usr/lib/sysimage/rpm";

    private const string Configuration = "/etc/rpm/dnf.conf";

    /// <summary>Scripts of packages find the devices that every program expects. Not /sys: rpm could not set the mode of a folder that a package has.</summary>
    private const string Enter = """
        root=$1 place=$2 database=$3 configuration=$4; shift 4
        mkdir -p "$root/dev" "$root/proc" /etc/rpm
        mount --bind "$root" "$place"
        mount -t proc -o nosuid,nodev,noexec proc "$place/proc"
        mount -t tmpfs -o mode=755,nosuid,noexec tmpfs "$place/dev"
        for n in null zero full random urandom; do : >"$place/dev/$n"; mount --bind "/dev/$n" "$place/dev/$n"; done
        mount -t tmpfs tmpfs /etc/rpm
        echo "%_dbpath $database" >/etc/rpm/macros
        : >"$configuration"
        "$@"
        """;

    /// <param name="root">The root, as far as it is there.</param>
    /// <param name="request">Its time is the one that rpm dates what it installs with.</param>
    public static HostCommands On(HostRoot root, ImageRequest request) => new(
        root,
        "env", string.Create(CultureInfo.InvariantCulture, $"SOURCE_DATE_EPOCH={request.SourceDateEpoch}"),
        "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "sh", "-ec", Enter, "sh", root.Path, Place, Database,
        Configuration)
    {
        FromOutside = command => command.Program switch
        {
            DnfOptions.Program => command with { Arguments = [.. Dnf, .. command.Arguments] },
            ZypperCommands.Program => command with
            {
                Arguments = ["--root", Place, .. command.Arguments.Select(argument => argument == ZypperCommands.Cache ? Place + argument : argument)],
                Variables = [.. command.Variables, ("ZYPP_LOCKFILE_ROOT", Place)],
            },
            "rpm" or "rpmkeys" => command with { Arguments = ["--root", Place, .. command.Arguments] },
            _ => command,
        },
    };

    /// <summary>Keys are in the root's database already: where the image will have them is nowhere here.</summary>
    private static string[] Dnf =>
    [
        $"--installroot={Place}", $"--config={Configuration}", $"--setopt=reposdir={Place}/etc/yum.repos.d", "--noplugins", "--setopt=best=True",
        "--setopt=*.gpgkey=",
    ];
}
