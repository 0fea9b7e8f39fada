using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>
/// How much room an installation takes: an estimate that errs to more. What the packages themselves hold, rpm counts exactly before it touches anything.
/// </summary>
internal static class DnfDiskNeeds
{
    private const long KiB = 1024;

    private const string Cache = "/var/cache/dnf";

    private static readonly string[] Written = ["/", "/boot", "/boot/efi", "/usr", "/var", Cache, "/var/tmp"];

    /// <param name="root">The host.</param>
    /// <param name="installs">What will be installed.</param>
    /// <param name="installed">What is installed now.</param>
    /// <param name="local">The IDs of the repositories whose packages need not be downloaded.</param>
    /// <param name="kernels">How many releases of the kernel come anew.</param>
    public static IReadOnlyList<DiskSpace.Need> Of(
        HostRoot root, IReadOnlyList<DnfOffer> installs, IReadOnlyList<InstalledPackage> installed, IReadOnlySet<string> local, int kernels) =>
    [
        new(Cache, installs.Where(install => !local.Contains(install.Repository) && !IsDownloaded(root, install)).Sum(install => install.DownloadBytes)),
        new("/usr", Unpacking(installs, installed)),
        new("/boot", kernels * Kernel(root)),
    ];

    /// <summary>How much is free where an installation writes, for a message after it ran out.</summary>
    public static string Free(HostRoot root) => $"free: {string.Join(", ", DiskSpace.Of(root).Free(Written))}";

    /// <summary>Each repository has a folder there, named by its ID and a digest of its address.</summary>
    private static bool IsDownloaded(HostRoot root, DnfOffer package) =>
        root.DirectoryExists(Cache)
            && Directory.EnumerateDirectories(root.Locate(Cache), $"{package.Repository}-*").Any(folder =>
                new FileInfo($"{folder}/packages/{package.FileName}") is { Exists: true } file && file.Length == package.DownloadBytes);

    /// <summary>What all grow by, and for a moment the largest of them twice: rpm unpacks the new files beside the old ones.</summary>
    private static long Unpacking(IReadOnlyList<DnfOffer> installs, IReadOnlyList<InstalledPackage> installed)
    {
        var now = installed.ToLookup(package => package.Name, package => package.SizeKiB * KiB);
        var grown = installs.Sum(install => Math.Max(0, install.InstalledBytes - now[install.Name].DefaultIfEmpty().Max()));
        return grown + installs.Select(install => install.InstalledBytes).DefaultIfEmpty().Max();
    }

    /// <summary>Its scripts copy the kernel to /boot, and make a ramdisk beside it.</summary>
    private static long Kernel(HostRoot root) =>
        BootFolder.Largest(root, "initramfs-") + BootFolder.Largest(root, "vmlinuz-") is > 0 and var size ? size : BootFolder.TypicalKernel;
}
