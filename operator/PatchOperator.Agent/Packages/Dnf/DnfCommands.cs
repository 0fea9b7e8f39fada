using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>The command lines, in one place.</summary>
internal static class DnfCommands
{
    /// <summary>Where dnf downloads packages to, a folder for each repository in it.</summary>
    public const string PackageCache = "/var/cache/dnf";

    /// <summary>Also what the host's configuration excludes. Queries know nothing of version locks.</summary>
    private const string Everything = "--disableexcludes=all";

    public static HostCommand Refresh { get; } = DnfOptions.Fetch("makecache", "--refresh");

    public static HostCommand Repositories { get; } = DnfOptions.Describe("repolist");

    /// <summary>Why each package is there.</summary>
    public static HostCommand Reasons { get; } = Query(DnfReason.Format, "--installed");

    /// <summary>What is installed, in full.</summary>
    public static HostCommand Installed { get; } = Query(DnfOffer.Format, "--installed");

    /// <summary>The names of what is installed and may be so in several versions: dnf.conf(5), installonlypkgs.</summary>
    public static HostCommand SideBySide { get; } = Query("%{name}", "--installonly");

    public static HostCommand Locks { get; } = DnfOptions.Ask("versionlock", "list");

    /// <summary>What is newer than what is installed, without what is excluded.</summary>
    public static HostCommand Upgrades { get; } = Query(DnfOffer.Format, "--upgrades");

    /// <summary>What is newer than what is installed, also what the host's configuration excludes.</summary>
    public static HostCommand AllUpgrades { get; } = Query(DnfOffer.Format, Everything, "--upgrades");

    public static HostCommand AdvisoryPackages { get; } = DnfOptions.Ask(Everything, "updateinfo", "list");

    public static HostCommand Advisories { get; } = DnfOptions.Ask(Everything, "updateinfo", "info");

    public static HostCommand NeedsReboot { get; } = DnfOptions.Ask("needs-restarting", "--reboothint");

    /// <summary>What could be installed now, whatever else could not.</summary>
    public static HostCommand SimulateUpgrade { get; } = DnfOptions.Simulate("--nobest", "upgrade");

    public static HostCommand SimulateRepair { get; } = DnfOptions.Simulate(Duplicates);

    private static string[] Duplicates => ["remove", "--duplicates"];

    public static HostCommand Available(IEnumerable<string> names) => Query(DnfOffer.Format, ["--available", .. names]);

    public static HostCommand SimulateInstall(DnfRequest request) => DnfOptions.Simulate(Install(request));

    /// <summary>Of packages that are not installed, dnf upgrades those that replace one that is, and passes the others over.</summary>
    public static HostCommand SimulateSuccession(IEnumerable<string> nevras) => DnfOptions.Simulate(["--nobest", "upgrade", .. nevras]);

    public static HostCommand Install(DnfRequest request, string comment) => DnfOptions.Change([$"--comment={comment}", .. Install(request)]);

    /// <summary>Downloads what an installation needs. dnf checks it once more when it installs it, and deletes it after its next transaction.</summary>
    /// <param name="request">What will be installed.</param>
    /// <param name="bytesPerSecond">The most that it takes of the network; null: as much as the host's own configuration lets it.</param>
    public static HostCommand Stage(DnfRequest request, long? bytesPerSecond) =>
        DnfOptions.Change([.. bytesPerSecond is { } limit ? [$"--setopt=*.throttle={limit}"] : Array.Empty<string>(), "--downloadonly", .. Install(request)]);

    /// <summary>Exactly the packages that are named and what they cannot be without.</summary>
    public static HostCommand Add(IEnumerable<string> names) => DnfOptions.Change(["--setopt=install_weak_deps=False", "install", .. names]);

    public static HostCommand Remove(IEnumerable<string> names) => DnfOptions.Change(["remove", .. names]);

    /// <summary>At the versions that are installed: no repository is asked.</summary>
    public static HostCommand Hold(IEnumerable<string> names) => DnfOptions.Change(["--disablerepo=*", "versionlock", "add", .. names]);

    /// <summary>Takes away the older of what is there twice, and installs the newer once more, as its scripts may not have run.</summary>
    public static HostCommand Repair(string comment) => DnfOptions.Change([$"--comment={comment}", .. Duplicates]);

    /// <summary>
    /// Downloads packages that are installed, those that a repository still has. What dnf does not keep of its own will, it would delete again after the next
    /// transaction.
    /// </summary>
    public static HostCommand Download(IEnumerable<string> nevras, string folder) =>
        DnfOptions.Change([Everything, "--setopt=keepcache=True", "--downloadonly", $"--downloaddir={folder}", "reinstall", .. nevras]);

    /// <summary>What a script of dnf's shell would do.</summary>
    public static HostCommand SimulateScript(string file) => DnfOptions.Simulate(Everything, "shell", file);

    public static HostCommand RunScript(string file, string comment) => DnfOptions.Change(Everything, $"--comment={comment}", "shell", file);

    public static HostCommand MarkAutomatic(IEnumerable<string> names) => DnfOptions.Change(["--quiet", "mark", "remove", .. names]);

    private static HostCommand Query(string format, params IEnumerable<string> arguments) =>
        DnfOptions.Ask(["repoquery", $"--queryformat={format}", .. arguments]);

    /// <summary>All of it or nothing. What is excluded is so as the request has another version of it.</summary>
    private static string[] Install(DnfRequest request) =>
        ["--best", .. request.Excluded.Select(nevra => $"--exclude={nevra}"), "upgrade", .. request.Upgrades];
}
