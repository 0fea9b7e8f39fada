using System.Globalization;

namespace PatchOperator.Agent.Hosts;

/// <summary>Whether what is to be written fits on the host's file systems.</summary>
internal sealed class DiskSpace(HostRoot root, MountTable mounts, Func<string, long> free)
{
    private const long MiB = 1024 * 1024;

    // ENOSPC and EDQUOT of Linux: .NET gives an IOException the error number of the system call.
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <param name="Path">A directory of the host.</param>
    /// <param name="Bytes">How much will be written below it.</param>
    internal sealed record Need(string Path, long Bytes);

    public static DiskSpace Of(HostRoot root) =>
        new(root, MountTable.OfAgent(), path => new DriveInfo(path).AvailableFreeSpace);

    /// <summary>Whether something could not be written as there was no room for it.</summary>
    public static bool HasRunOut(Exception error) => error is IOException { HResult: NoSpaceLeft or QuotaExceeded };

    /// <summary>A sentence for each file system that is too small for the needs on it together; empty when all fit.</summary>
    public IReadOnlyList<string> Shortages(IEnumerable<Need> needs) =>
        [.. needs.Where(need => need.Bytes > 0)
            .GroupBy(need => mounts.Of(Nearest(need.Path)), need => need)
            .Select(Shortage)
            .OfType<string>()];

    /// <summary>What is free on each file system that holds one of these directories, such as <c>/boot 3.2 MiB</c>.</summary>
    public IReadOnlyList<string> Free(IEnumerable<string> directories) =>
        [.. directories.Select(Nearest).GroupBy(mounts.Of).Select(group => $"{OnHost(group.Key.Point)} {Format(free(group.First()))}")];

    private static string Format(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / MiB:0.0} MiB");

    private string? Shortage(IGrouping<MountTable.Mount, Need> fileSystem)
    {
        var needed = fileSystem.Sum(need => need.Bytes);
        var available = free(Nearest(fileSystem.First().Path));
        var paths = string.Join(", ", fileSystem.Select(need => need.Path).Distinct());
        return needed <= available
            ? null
            : $"the file system {OnHost(fileSystem.Key.Point)} needs {Format(needed)} ({paths}) and has {Format(available)} free";
    }

    /// <summary>The directory itself, or the nearest one above it that exists.</summary>
    private string Nearest(string hostPath)
    {
        var path = root.Locate(hostPath);
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path)!;
        return path;
    }

    private string OnHost(string mountPoint)
    {
        var prefix = root.Path == "/" ? "" : root.Path;
        return mountPoint.StartsWith(prefix + "/", StringComparison.Ordinal) ? mountPoint[prefix.Length..] : "/";
    }
}
