using System.Globalization;
using PatchOperator.Contract;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>The command lines, in one place. apt ignores options it is too old to know.</summary>
internal static class AptCommands
{
    private static readonly string[] Quiet = ["-q", "-o", "APT::Color=0", "-o", "Dpkg::Use-Pty=0", "-o", "Dpkg::Progress-Fancy=0"];
    private static readonly string[] Dry = ["-o", "Debug::NoLocking=1", "-o", "APT::Get::Show-User-Simulation-Note=0"];

    public static HostCommand Architecture { get; } = new("dpkg", "--print-architecture");

    public static HostCommand Installed { get; } = new("dpkg-query", "--show", $"--showformat={DpkgStatus.Format}");

    public static HostCommand Update { get; } = new("apt-get", [.. Quiet, "-o", "APT::Update::Error-Mode=any", "update"]);

    public static HostCommand Sources { get; } = new("apt-cache", "policy");

    public static HostCommand SimulateUpgrade { get; } = new("apt-get", [.. Quiet, .. Dry, "--simulate", "--with-new-pkgs", "upgrade"]);

    public static HostCommand ConfigurePending { get; } = new("dpkg", "--configure", "--force-confdef", "--force-confold", "--pending");

    /// <summary>The release that the host's administrator prefers; nothing when none is.</summary>
    public static HostCommand DefaultRelease { get; } = new("apt-config", "dump", "--no-empty", "--format", "%v", "APT::Default-Release");

    /// <summary>What a fix would do, without touching anything.</summary>
    public static HostCommand SimulateFix(IEnumerable<InstalledPackage> unpackedBadly) => new("apt-get", [.. Quiet, .. Dry, "--simulate", "--assume-yes", .. Fix(unpackedBadly)]);

    /// <summary>
    /// The indexes of packages, a line each with file, key in the Release file, and name. With Release files, those that are there; without, all that are configured.
    /// </summary>
    public static HostCommand Indexes(bool configured) => new(
        "apt-get", ["-o", $"APT::Get::IndexTargets::ReleaseInfo={(configured ? "false" : "true")}", "indextargets", "--format", AptIndex.Format, "Created-By: Packages"]);

    /// <summary>When the state of each file has last changed, in seconds since 1970, a line each.</summary>
    public static HostCommand ChangeTimes(IEnumerable<string> files) => new("stat", ["--format=%Z", "--", .. files]);

    public static HostCommand Policy(IEnumerable<string> names) => new("apt-cache", ["policy", "--", .. names]);

    public static HostCommand Show(IEnumerable<AptSimulation.Install> installs) =>
        new("apt-cache", ["show", "--no-all-versions", "--", .. installs.Select(install => $"{install.Name}={install.To}")]);

    /// <summary>Holds do not stop the simulation: it is to name what a real run would refuse without saying what.</summary>
    public static HostCommand SimulateInstall(IEnumerable<ApprovedUpdate> updates) =>
        new("apt-get", [.. Quiet, .. Dry, "--simulate", "--assume-yes", "--allow-change-held-packages", .. Install(updates)]);

    /// <summary>Prints what would be downloaded, with sizes.</summary>
    public static HostCommand Downloads(IEnumerable<ApprovedUpdate> updates) =>
        new("apt-get", ["-qq", .. Dry, "--print-uris", "--assume-yes", .. Install(updates)]);

    /// <param name="updates">What to install, at exact versions.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Install(IEnumerable<ApprovedUpdate> updates, TimeSpan lockTimeout) => new("apt-get", [.. Change(lockTimeout), .. Install(updates)]);

    /// <summary>Adds what incomplete packages need, and installs again those whose files are not all there.</summary>
    /// <param name="unpackedBadly">What to install again, at its very version.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Fix(IEnumerable<InstalledPackage> unpackedBadly, TimeSpan lockTimeout) => new("apt-get", [.. Change(lockTimeout), .. Fix(unpackedBadly)]);

    public static HostCommand MarkAutomatic(IEnumerable<string> names) => new("apt-mark", ["auto", "--", .. names]);

    private static string[] Change(TimeSpan lockTimeout) =>
        [
            .. Quiet,
            "--assume-yes",
            "--no-remove",
            "-o", "Dpkg::Options::=--force-confdef",
            "-o", "Dpkg::Options::=--force-confold",
            "-o", "APT::Get::AutomaticRemove=false",
            "-o", "APT::Keep-Downloaded-Packages=false",
            "-o", string.Create(CultureInfo.InvariantCulture, $"DPkg::Lock::Timeout={(int)lockTimeout.TotalSeconds}"),
        ];

    private static string[] Fix(IEnumerable<InstalledPackage> unpackedBadly) =>
        ["--fix-broken", "--reinstall", "install", "--", .. unpackedBadly.Select(package => $"{package.Name}={package.Version}")];

    /// <summary>
    /// With --only-upgrade a name that is not installed is not installed for its own sake, but its version is the one that an upgrade
    /// which needs it gets.
    /// </summary>
    private static string[] Install(IEnumerable<ApprovedUpdate> updates) =>
        ["--only-upgrade", "install", "--", .. updates.Select(update => $"{update.Name}={update.Version}")];
}
