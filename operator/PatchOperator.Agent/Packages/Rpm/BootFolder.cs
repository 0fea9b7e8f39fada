using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>What scripts of kernels have put below /boot, for an estimate of what the next one takes.</summary>
internal static class BootFolder
{
    /// <summary>For a kernel with its ramdisk, where there is none yet to compare with, in bytes.</summary>
    public const long TypicalKernel = 100 * 1024 * 1024;

    /// <summary>The size of the largest file whose name begins so, in bytes; 0 where there is none.</summary>
    public static long Largest(HostRoot root, params string[] prefixes) => root.DirectoryExists("/boot")
        ? new DirectoryInfo(root.Locate("/boot")).EnumerateFiles()
            .Where(file => prefixes.Any(prefix => file.Name.StartsWith(prefix, StringComparison.Ordinal))).Select(file => file.Length).DefaultIfEmpty().Max()
        : 0;
}
