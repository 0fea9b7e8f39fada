using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>The command lines, in one place.</summary>
internal static class AptCommands
{
    private static readonly string[] Dry = ["-o", "Debug::NoLocking=1"];

    public static HostCommand Architecture { get; } = new("dpkg", "--print-architecture");

    public static HostCommand Installed { get; } = new("dpkg-query", "--show", $"--showformat={DpkgStatus.Format}");

    public static HostCommand Update { get; } = AptOptions.AptGet("-o", "APT::Update::Error-Mode=any", "update");

    public static HostCommand Sources { get; } = AptOptions.AptCache("policy");

    public static HostCommand SimulateUpgrade { get; } = AptOptions.AptGet([.. Dry, "--simulate", "--allow-downgrades", "--with-new-pkgs", "upgrade"]);

    public static HostCommand ConfigurePending { get; } = new("dpkg", [.. AptOptions.KeepConfiguration, "--configure", "--pending"]);

    /// <summary>The release that the host's administrator prefers; nothing when none is.</summary>
    public static HostCommand DefaultRelease { get; } = new("apt-config", "dump", "--no-empty", "--format", "%v", "APT::Default-Release");

    /// <summary>What a fix would do, without touching anything.</summary>
    public static HostCommand SimulateFix(IEnumerable<InstalledPackage> unpackedBadly) => AptOptions.AptGet([.. Dry, "--simulate", .. Fix(unpackedBadly)]);

    /// <summary>
    /// The indexes of packages, a line each with file, key in the Release file, and name. With Release files, those that are there; without, all that are
    /// configured.
    /// </summary>
    public static HostCommand Indexes(bool configured) => AptOptions.AptGet(
        "-o", $"APT::Get::IndexTargets::ReleaseInfo={(configured ? "false" : "true")}", "indextargets", "--format", AptIndex.Format, "Created-By: Packages");

    /// <summary>When the state of each file has last changed, in seconds since 1970, a line each.</summary>
    public static HostCommand ChangeTimes(IEnumerable<string> files) => new("stat", ["--format=%Z", "--", .. files]);

    public static HostCommand Policy(IEnumerable<string> names) => AptOptions.AptCache(["policy", "--", .. names]);

    public static HostCommand Show(IEnumerable<AptSimulation.Install> installs) =>
        AptOptions.AptCache(["show", "--no-all-versions", "--", .. installs.Select(install => $"{install.Name}={install.To}")]);

    /// <summary>
    /// The real run's command line, but for holds and removals: they do not stop a simulation, which is to name what the real run would refuse without
    /// saying what.
    /// </summary>
    public static HostCommand SimulateInstall(IEnumerable<ApprovedUpdate> updates) =>
        AptOptions.AptGet([.. Dry, "--simulate", "--allow-change-held-packages", .. Install(updates)]);

    /// <summary>Prints what would be downloaded, with sizes.</summary>
    public static HostCommand Downloads(IEnumerable<ApprovedUpdate> updates) =>
        AptOptions.AptGet([.. Dry, "-q=2", "--print-uris", .. Install(updates)]);

    /// <summary>Prints what a fix would download, with sizes.</summary>
    public static HostCommand FixDownloads(IEnumerable<InstalledPackage> unpackedBadly) =>
        AptOptions.AptGet([.. Dry, "-q=2", "--print-uris", .. Fix(unpackedBadly)]);

    /// <param name="updates">What to install, at exact versions.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Install(IEnumerable<ApprovedUpdate> updates, TimeSpan lockTimeout) =>
        AptOptions.AptGet([.. Change(lockTimeout), .. Install(updates)]);

    /// <summary>Adds what incomplete packages need, and installs again those whose files are not all there.</summary>
    /// <param name="unpackedBadly">What to install again, at its very version.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Fix(IEnumerable<InstalledPackage> unpackedBadly, TimeSpan lockTimeout) =>
        AptOptions.AptGet([.. Change(lockTimeout), .. Fix(unpackedBadly)]);

    public static HostCommand MarkAutomatic(IEnumerable<string> names) => new("apt-mark", ["auto", "--", .. names]);

    private static string[] Change(TimeSpan lockTimeout) =>
        ["--no-remove", "-o", string.Create(CultureInfo.InvariantCulture, $"DPkg::Lock::Timeout={(int)lockTimeout.TotalSeconds}")];

    private static string[] Fix(IEnumerable<InstalledPackage> unpackedBadly) =>
        ["--fix-broken", "--reinstall", "install", "--", .. unpackedBadly.Select(package => $"{package.Name}={package.Version}")];

    /// <summary>
    /// With --only-upgrade a name that is not installed is not installed for its own sake, but its version is the one that an upgrade
    /// which needs it gets.
    /// </summary>
    private static string[] Install(IEnumerable<ApprovedUpdate> updates) =>
        ["--only-upgrade", "install", "--", .. updates.Select(update => $"{update.Name}={update.Version}")];
}
