using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>How much room an installation takes: an estimate that errs to more.</summary>
internal static class AptDiskNeeds
{
    private const long KiB = 1024;
    private const string StatusFile = "/var/lib/dpkg/status";

    private static readonly string[] Written = ["/", "/boot", "/boot/efi", "/boot/firmware", "/usr", "/var", "/var/cache/apt/archives", "/var/tmp", "/tmp"];

    /// <param name="root">The host.</param>
    /// <param name="installs">What will be installed.</param>
    /// <param name="records">What archives say of it.</param>
    /// <param name="installed">What is installed now.</param>
    /// <param name="downloadBytes">How much will be downloaded.</param>
    public static IReadOnlyList<DiskSpace.Need> Of(
        HostRoot root,
        IReadOnlyList<AptSimulation.Install> installs,
        IReadOnlyList<AptRecord> records,
        IReadOnlyList<InstalledPackage> installed,
        long downloadBytes) =>
    [
        new("/var/cache/apt/archives", downloadBytes),
        new("/usr", Unpacking(installs, records, installed)),
        .. BootDiskNeeds.Of(root, installs),
    ];

    /// <summary>What dpkg needs to finish what it has unpacked: its status file is written anew, beside the old one.</summary>
    /// <param name="root">The host.</param>
    /// <param name="names">The packages that are unpacked and not configured.</param>
    public static IReadOnlyList<DiskSpace.Need> OfConfiguring(HostRoot root, IReadOnlyList<string> names) =>
    [
        new(Path.GetDirectoryName(StatusFile)!, root.FileExists(StatusFile) ? new FileInfo(root.Locate(StatusFile)).Length : 0),
        .. BootDiskNeeds.OfConfiguring(root, names),
    ];

    /// <summary>What all grow by, and for a moment the largest of them twice: dpkg unpacks the new files beside the old ones.</summary>
    private static long Unpacking(
        IReadOnlyList<AptSimulation.Install> installs, IReadOnlyList<AptRecord> records, IReadOnlyList<InstalledPackage> installed)
    {
        // One of a foreign architecture is listed under its bare name.
        var all = records.ToLookup(record => record.Name, record => record.InstalledKiB);
        var sizes = installs.ToDictionary(install => install.Name, install => all[install.Name.Split(':')[0]].DefaultIfEmpty().Max());
        var now = installed.ToDictionary(package => package.Name, package => package.SizeKiB);
        var grown = installs.Sum(install => Math.Max(0, sizes[install.Name] - now.GetValueOrDefault(install.Name)));
        var largest = sizes.Values.DefaultIfEmpty().Max();
        return (grown + largest) * KiB;
    }

    /// <summary>How much is free where an installation writes, for a message after it ran out.</summary>
    public static string Free(HostRoot root) => $"free: {string.Join(", ", DiskSpace.Of(root).Free(Written))}";
}
