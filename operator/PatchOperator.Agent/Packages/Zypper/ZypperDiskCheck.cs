using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>
/// Whether there is room for what zypper is about to do: an estimate that errs to more. rpm counts exactly what a package holds, but only when it is that
/// package's turn.
/// </summary>
internal sealed class ZypperDiskCheck(HostCommands commands, bool hasSnapshots)
{
    private const long KiB = 1024;

    private static readonly string[] Written = ["/", "/boot", "/boot/efi", "/usr", "/var", ZypperCommands.Cache, "/var/tmp"];

    /// <summary>A sentence for each file system that is too small; empty when all have room.</summary>
    public async Task<IReadOnlyList<string>> ShortagesAsync(ZypperSummary summary, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        if (summary.Installs.Count == 0)
            return [];
        var kernels = await RpmKernels.NamesAsync(commands, deadline);
        var (kernel, ramdisk) = (
            BootFolder.Largest(commands.Root, "vmlinuz-", "vmlinux-", "Image-", "image-"), BootFolder.Largest(commands.Root, "initrd-"));
        var upgraded = summary.Installs.Where(install => install.From.Length > 0).Select(install => install.Name).ToList();
        var fresh = summary.Installs.Count(install => install.From.Length == 0 && kernels.Contains(install.Name));
        return DiskSpace.Of(commands.Root).Shortages(
        [
            new(ZypperCommands.PackageCache, summary.DownloadBytes),
            new("/usr", Unpacking(summary, installed)),
            new("/boot", fresh * (ramdisk == 0 ? BootFolder.TypicalKernel : kernel + ramdisk)),
            new("/boot", fresh == 0 && await RamdiskScripts.AreInAsync(commands, upgraded, deadline) ? ramdisk : 0),
        ]);
    }

    /// <summary>How much is free where an installation writes, for a message after it ran out.</summary>
    public static string Free(HostRoot root) => $"free: {string.Join(", ", DiskSpace.Of(root).Free(Written))}";

    /// <summary>
    /// What all grow by, and for a moment the largest of them twice: rpm unpacks the new files beside the old ones. Where there are snapshots, what
    /// goes takes its room nevertheless.
    /// </summary>
    private long Unpacking(ZypperSummary summary, IReadOnlyList<InstalledPackage> installed)
    {
        var now = installed.ToLookup(package => package.Name, package => package.SizeKiB * KiB);
        var leaving = installed.Where(
            package => summary.Removals.Contains(package.Name)
                || summary.Installs.Any(install => install.Name == package.Name && install.From == package.Version));
        var kept = hasSnapshots ? leaving.Sum(package => package.SizeKiB * KiB) : 0;
        return Math.Max(0, summary.GrowthBytes + kept) + summary.Installs.SelectMany(install => now[install.Name]).DefaultIfEmpty().Max();
    }
}
