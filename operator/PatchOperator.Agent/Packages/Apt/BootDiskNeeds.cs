using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// How much room an installation takes below /boot and where ramdisks are made: not only new kernels write there. A package has its ramdisks made by a
/// maintainer script or by a trigger, see deb-triggers(5), and what it will do is judged by what its installed version does.
/// </summary>
internal static class BootDiskNeeds
{
    private const long MiB = 1024 * 1024;

    /// <summary>For a kernel with its initial ramdisk, where there is none yet to compare with.</summary>
    private const long TypicalKernel = 100 * MiB;

    /// <summary>A ramdisk is put together from files that are not yet compressed: three times is what modules of a kernel shrink by.</summary>
    private const int Unpacked = 3;

    /// <summary>Where ramdisks are and their copies for firmware and boot loaders, the innermost first.</summary>
    private static readonly string[] RamdiskFolders = ["/boot/firmware", "/boot/efi", "/boot"];

    private static readonly string[] RamdiskPrefixes = ["initrd", "initramfs"];

    /// <summary>In a maintainer script: it has a ramdisk made, directly or by the hooks of the kernel.</summary>
    private static readonly string[] RamdiskTools =
        ["update-initramfs", "mkinitramfs", "dracut", "kernel-install", "linux-update-", "/etc/kernel/postinst.d", "/usr/lib/dkms"];

    private static readonly string[] LoaderTools = ["grub-install", "bootctl"];

    private static readonly EnumerationOptions Everything =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <param name="root">The host.</param>
    /// <param name="installs">What will be installed.</param>
    public static IEnumerable<DiskSpace.Need> Of(HostRoot root, IReadOnlyList<AptSimulation.Install> installs)
    {
        var info = new DpkgInfo(root);
        var upgrades = installs.Where(install => install.From.Length > 0).Select(install => install.Name).ToList();
        var kernels = installs.Count(install => install.From.Length == 0 && KernelImage.Parse(install.Name) is not null);
        var unpacked = upgrades.SelectMany(info.Files).Where(file => file.StartsWith("/boot/", StringComparison.Ordinal)).Sum(file => Size(root, file));
        return [.. OfScripts(root, info, upgrades, kernels), new DiskSpace.Need("/boot", unpacked)];
    }

    /// <param name="root">The host.</param>
    /// <param name="names">The packages that are unpacked and not configured: their files are there, what their scripts make is not.</param>
    public static IEnumerable<DiskSpace.Need> OfConfiguring(HostRoot root, IReadOnlyList<string> names) =>
        OfScripts(root, new DpkgInfo(root), names, kernels: 0);

    private static IEnumerable<DiskSpace.Need> OfScripts(HostRoot root, DpkgInfo info, IReadOnlyList<string> names, int kernels)
    {
        var ramdisks = RamdiskFolders.ToDictionary(folder => folder, folder => Largest(root, folder, RamdiskPrefixes));
        var rewritten = names.Any(name => KernelImage.Parse(name) is not null || info.Runs(name, RamdiskTools)) ? 1 : 0;
        // An old ramdisk stays until the new one beside it is whole.
        foreach (var (folder, ramdisk) in ramdisks)
            yield return new DiskSpace.Need(folder, (rewritten + (folder == "/boot" ? 0 : kernels)) * ramdisk);
        yield return new DiskSpace.Need("/boot", kernels * (ramdisks["/boot"] == 0 ? TypicalKernel : ramdisks["/boot"] + Largest(root, "/boot", "vmlinuz-")));
        yield return new DiskSpace.Need("/var/tmp", kernels + rewritten > 0 ? Unpacked * ramdisks["/boot"] : 0);
        if (names.Any(name => info.Runs(name, LoaderTools)))
        {
            yield return new DiskSpace.Need("/boot/grub", Files(root, "/boot/grub").Sum(file => file.Length));
            yield return new DiskSpace.Need("/boot/efi", Files(root, "/boot/efi/EFI").Sum(file => file.Length));
        }
    }

    private static long Largest(HostRoot root, string folder, params string[] prefixes) =>
        Files(root, folder)
            .Where(file => prefixes.Any(prefix => file.Name.StartsWith(prefix, StringComparison.Ordinal)) && !IsOfInner(root, folder, file))
            .Select(file => file.Length).DefaultIfEmpty().Max();

    private static bool IsOfInner(HostRoot root, string folder, FileInfo file) =>
        folder == "/boot" && RamdiskFolders.Any(inner => inner != folder && file.FullName.StartsWith(root.Locate(inner) + "/", StringComparison.Ordinal));

    private static IEnumerable<FileInfo> Files(HostRoot root, string folder) =>
        root.DirectoryExists(folder) ? new DirectoryInfo(root.Locate(folder)).EnumerateFiles("*", Everything) : [];

    private static long Size(HostRoot root, string file) => root.FileExists(file) ? new FileInfo(root.Locate(file)).Length : 0;
}
