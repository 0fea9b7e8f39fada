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

    /// <summary>Which of some packages a system cannot be without, a line each with a name and what the three fields say that makers have for it.</summary>
    public static HostCommand Essential(IEnumerable<string> names) =>
        new("dpkg-query", ["--show", @"--showformat=${Package}\t${Essential}${Protected}${Important}\n", "--", .. names]);

    public static HostCommand Update { get; } = AptOptions.AptGet("-o", "APT::Update::Error-Mode=any", "update");

    public static HostCommand Sources { get; } = AptOptions.AptCache("policy");

    public static HostCommand ConfigurePending { get; } = new("dpkg", [.. AptOptions.KeepConfiguration, "--configure", "--pending"]);

    /// <summary>
    /// What would be installed now. Whether a phased update is for this host, apt decides by its machine-id, but takes all in a chroot, which this may look
    /// like.
    /// </summary>
    public static HostCommand SimulateUpgrade(UpdateRules rules) => AptOptions.AptGet(
    [
        .. Dry, "--simulate", "--allow-downgrades", "-o", $"APT::Get::Upgrade-Allow-New={(rules.AllowNewPackages ? "true" : "false")}",
        "-o", rules.IgnorePhasing ? "APT::Get::Always-Include-Phased-Updates=true" : "Dir::Bin::ischroot=/bin/false", "upgrade",
    ]);

    /// <summary>What nothing needs any more.</summary>
    public static HostCommand SimulateAutoremove { get; } = AptOptions.AptGet([.. Dry, "--simulate", "autoremove"]);

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

    public static HostCommand Policy(IEnumerable<string> names) => AptOptions.AptCache(["policy", "--", .. names]);

    /// <summary>What archives say of exact versions. To be asked for one alone, apt would weigh all that there are of every package first.</summary>
    public static HostCommand Show(IEnumerable<AptSimulation.Install> installs) =>
        AptOptions.AptCache(["show", "--", .. installs.Select(install => $"{install.Name}={install.To}")]);

    /// <summary>
    /// The real run's command line, but for holds and removals: they do not stop a simulation, which is to name what the real run would refuse without
    /// saying what.
    /// </summary>
    public static HostCommand SimulateInstall(IEnumerable<ApprovedUpdate> updates) =>
        AptOptions.AptGet([.. Dry, "--simulate", "--allow-change-held-packages", .. Install(updates)]);

    /// <summary>Lists what the real run would do, with versions, and stops before it does any of it; it fails where that would.</summary>
    public static HostCommand ListInstall(IEnumerable<ApprovedUpdate> updates) =>
        AptOptions.AptGet([.. Dry, "-o", "APT::Get::Show-Versions=true", "--print-uris", .. Install(updates)]);

    /// <param name="updates">What to install, at exact versions.</param>
    /// <param name="removes">Whether packages go for it.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Install(IEnumerable<ApprovedUpdate> updates, bool removes, TimeSpan lockTimeout) =>
        AptOptions.AptGet([.. Change(removes, lockTimeout), .. Install(updates)]);

    /// <summary>Downloads what an installation takes. What is downloaded already, and is what the lists say, is not again.</summary>
    /// <param name="updates">What to install, at exact versions.</param>
    /// <param name="bytesPerSecond">The most that it takes of the network, which apt counts by KiB; null: as much as there is.</param>
    public static HostCommand Download(IEnumerable<ApprovedUpdate> updates, long? bytesPerSecond) =>
        AptOptions.AptGet([.. bytesPerSecond is { } limit ? Limit(Math.Max(1, limit / 1024)) : [], "--download-only", .. Install(updates)]);

    /// <summary>Exactly the packages that are named and what they cannot be without.</summary>
    /// <param name="names">Of packages.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Add(IEnumerable<string> names, TimeSpan lockTimeout) =>
        AptOptions.AptGet([.. WaitFor(lockTimeout), "--no-install-recommends", "install", "--", .. names]);

    /// <param name="names">Of packages.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Purge(IEnumerable<string> names, TimeSpan lockTimeout) =>
        AptOptions.AptGet([.. WaitFor(lockTimeout), .. Purge(names)]);

    public static HostCommand SimulatePurge(IEnumerable<string> names) => AptOptions.AptGet([.. Dry, "--simulate", .. Purge(names)]);

    public static HostCommand Hold(IEnumerable<string> names) => new("apt-mark", ["hold", "--", .. names]);

    /// <summary>Adds what incomplete packages need, and installs again those whose files are not all there.</summary>
    /// <param name="unpackedBadly">What to install again, at its very version.</param>
    /// <param name="removes">Whether packages go for it.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Fix(IEnumerable<InstalledPackage> unpackedBadly, bool removes, TimeSpan lockTimeout) =>
        AptOptions.AptGet([.. Change(removes, lockTimeout), .. Fix(unpackedBadly)]);

    /// <summary>What going back would do, without touching anything.</summary>
    /// <param name="request">Files, exact versions, and names with a dash behind them of what is to go.</param>
    public static HostCommand SimulateRestore(IEnumerable<string> request) => AptOptions.AptGet([.. Dry, "--simulate", .. Restore(request)]);

    /// <param name="request">As above.</param>
    /// <param name="lockTimeout">How long apt itself may wait for dpkg's lock.</param>
    public static HostCommand Restore(IEnumerable<string> request, TimeSpan lockTimeout) => AptOptions.AptGet([.. WaitFor(lockTimeout), .. Restore(request)]);

    public static HostCommand MarkAutomatic(IEnumerable<string> names) => new("apt-mark", ["auto", "--", .. names]);

    private static string[] Change(bool removes, TimeSpan lockTimeout) =>
        [.. removes ? [] : new[] { "--no-remove" }, .. WaitFor(lockTimeout)];

    private static string[] WaitFor(TimeSpan lockTimeout) =>
        ["-o", string.Create(CultureInfo.InvariantCulture, $"DPkg::Lock::Timeout={(int)lockTimeout.TotalSeconds}")];

    private static string[] Purge(IEnumerable<string> names) => ["--purge", "purge", "--", .. names];

    private static string[] Limit(long kiBPerSecond) => ["-o", $"Acquire::http::Dl-Limit={kiBPerSecond}", "-o", $"Acquire::https::Dl-Limit={kiBPerSecond}"];

    private static string[] Restore(IEnumerable<string> request) => ["--allow-downgrades", "install", "--", .. request];

    private static string[] Fix(IEnumerable<InstalledPackage> unpackedBadly) =>
        ["--fix-broken", "--reinstall", "install", "--", .. unpackedBadly.Select(package => $"{package.Name}={package.Version}")];

    /// <summary>
    /// With --only-upgrade a name that is not installed is not installed for its own sake, but its version is the one that an upgrade
    /// which needs it gets.
    /// </summary>
    private static string[] Install(IEnumerable<ApprovedUpdate> updates) =>
        ["--only-upgrade", "install", "--", .. updates.Select(update => $"{update.Name}={update.Version}")];
}
