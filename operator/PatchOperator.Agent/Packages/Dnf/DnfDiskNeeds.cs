using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>
/// How much room an installation takes: an estimate that errs to more. What the packages themselves hold, rpm counts exactly before it touches anything.
/// </summary>
internal static class DnfDiskNeeds
{
    private const long KiB = 1024;
    private const string Ramdisk = "initramfs-";

    private static readonly string[] Written = ["/", "/boot", "/boot/efi", "/usr", "/var", "/var/cache/dnf", "/var/cache/libdnf5", "/var/tmp"];

    /// <param name="root">The host.</param>
    /// <param name="download">What is downloaded, and whereto.</param>
    /// <param name="installs">What will be installed.</param>
    /// <param name="installed">What is installed now.</param>
    /// <param name="kernels">How many releases of the kernel come anew.</param>
    /// <param name="remakesRamdisks">Whether ramdisks are made anew without: one after the other, beside the old one of each.</param>
    public static IReadOnlyList<DiskSpace.Need> Of(
        HostRoot root, DiskSpace.Need download, IReadOnlyList<DnfOffer> installs, IReadOnlyList<InstalledPackage> installed, int kernels,
        bool remakesRamdisks) =>
    [
        download,
        new("/usr", Unpacking(installs, installed)),
        new("/boot", kernels * Kernel(root)),
        new("/boot", kernels == 0 && remakesRamdisks ? BootFolder.Largest(root, Ramdisk) : 0),
    ];

    /// <summary>How much is free where an installation writes, for a message after it ran out.</summary>
    public static string Free(HostRoot root) => $"free: {string.Join(", ", DiskSpace.Of(root).Free(Written))}";

    /// <summary>What all grow by, and for a moment the largest of them twice: rpm unpacks the new files beside the old ones.</summary>
    private static long Unpacking(IReadOnlyList<DnfOffer> installs, IReadOnlyList<InstalledPackage> installed)
    {
        var now = installed.ToLookup(package => package.Name, package => package.SizeKiB * KiB);
        var grown = installs.Sum(install => Math.Max(0, install.InstalledBytes - now[install.Name].DefaultIfEmpty().Max()));
        return grown + installs.Select(install => install.InstalledBytes).DefaultIfEmpty().Max();
    }

    /// <summary>Its scripts copy the kernel to /boot, and make a ramdisk beside it.</summary>
    private static long Kernel(HostRoot root) =>
        BootFolder.Largest(root, Ramdisk) + BootFolder.Largest(root, "vmlinuz-") is > 0 and var size ? size : BootFolder.TypicalKernel;
}
