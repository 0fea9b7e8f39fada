namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>A system of rpm packages that a node can be turned into: Debian brings its package manager.</summary>
/// <param name="Family">What the operator calls it.</param>
/// <param name="Manager">What the operator calls its package manager.</param>
/// <param name="Before">Version and release of what is installed of <see cref="StoryUpdates.Well"/>.</param>
/// <param name="After">Those of its update.</param>
/// <param name="Packages">Debian's packages of the package manager.</param>
/// <param name="OsRelease">What the system says it is, see os-release(5).</param>
/// <param name="Repository">A command of the shell that names a folder, <c>$PWD</c>, to the package manager, as a repository.</param>
/// <param name="Install">A command that installs packages.</param>
internal sealed record RpmSystem(
    string Family, string Manager, string Before, string After, string Packages, string OsRelease, string Repository, string Install)
{
    /// <summary>The later release is the older one by Debian's order of versions.</summary>
    public static RpmSystem Alma { get; } = new(
        "almalinux-9.4",
        "dnf",
        "1.0-1.el9",
        "1.0-1.1.el9",
        "dnf dnf-plugins-core",
        """
        ID="almalinux"
        ID_LIKE="rhel centos fedora"
        VERSION_ID="9.4"
        PLATFORM_ID="platform:el9"
        PRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"
        """,
        """
        mkdir -p /etc/yum.repos.d
        printf '[story]\nname=stories\nbaseurl=file://%s\nenabled=1\ngpgcheck=0\n' "$PWD" >/etc/yum.repos.d/story.repo
        # Debian's own addition: a repository of what was downloaded.
        printf '[main]\nenabled=false\n' >/etc/dnf/plugins/local.conf
        """,
        "dnf-3 --quiet --assumeyes install");

    public static RpmSystem Suse { get; } = new(
        "sles-15.6",
        "zypper",
        "1.0-150600.1.1",
        "1.0-150600.3.1",
        "zypper",
        """
        NAME="SLES"
        ID="sles"
        ID_LIKE="suse"
        VERSION_ID="15.6"
        PRETTY_NAME="SUSE Linux Enterprise Server 15 SP6"
        """,
        """
        mkdir -p /etc/zypp/repos.d
        printf '[story]\nname=stories\nbaseurl=dir:%s\nenabled=1\nautorefresh=0\ngpgcheck=0\n' "$PWD" >/etc/zypp/repos.d/story.repo
        """,
        "zypper --non-interactive --quiet install --no-recommends");
}
