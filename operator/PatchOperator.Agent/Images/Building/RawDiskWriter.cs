using System.Globalization;
using System.Text.RegularExpressions;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>
/// A disk with a GPT and one ext4 partition that holds the root file system. There is no boot loader on it unless the recipe has installed one: it is for
/// machines that bring their own, as a hypervisor with a kernel of its own does, or for an installer that adds one.
/// </summary>
internal sealed partial class RawDiskWriter(ImageRequest request)
{
    private const long MiB = 1024 * 1024;
    private const long Block = 4096;
    private const long InodeBytes = 256;
    private const long JournalMiB = 16;

    /// <summary>Where the partition begins; a second GPT takes the last MiB of the disk.</summary>
    private const long Offset = MiB;

    /// <summary>The inodes before it belong to the file system itself, but for the root directory's.</summary>
    private const int FirstInode = 11;
    private const int RootInode = 2;

    private readonly string epoch = request.SourceDateEpoch.ToString(CultureInfo.InvariantCulture);
    private readonly DiskIds ids = new(request);

    /// <param name="root">The tree; its times are changed.</param>
    /// <param name="disk">The file that is made.</param>
    /// <param name="architecture">The image's.</param>
    /// <param name="stop">Ends it.</param>
    public async Task WriteAsync(string root, string disk, Architectures architecture, CancellationToken stop)
    {
        await Tools.RunAsync(new HostCommand("find", root, "-newermt", $"@{epoch}", "-exec", "touch", "-h", "-d", $"@{epoch}", "{}", "+"), stop);
        var sizes = (await Tools.RunAsync(new HostCommand("find", root, "-printf", @"%y %s\n"), stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (inodes, size) = (sizes.Length * 12L / 10 + FirstInode, Size(sizes));
        using (var file = File.Create(disk))
            file.SetLength(size + 2 * Offset);
        await PartitionAsync(disk, size, architecture, stop);
        await FormatAsync(root, disk, size, inodes, stop);
        await ForgetTimesAsync(disk, stop);
    }

    /// <summary>The contents and a fifth, in whole MiB.</summary>
    private static long Size(string[] sizes)
    {
        var data = sizes.Sum(line => line[0] is 'f' or 'd' ? (long.Parse(line.AsSpan(2), CultureInfo.InvariantCulture) + Block - 1) / Block * Block : 0);
        var contents = data + sizes.Length * InodeBytes + JournalMiB * MiB;
        return (contents * 12 / 10 + MiB - 1) / MiB * MiB;
    }

    private async Task PartitionAsync(string disk, long size, Architectures architecture, CancellationToken stop)
    {
        var table = disk + ".table";
        await File.WriteAllTextAsync(
            table,
            $"""
            label: gpt
            label-id: {ids.Of("disk")}
            start={Offset / 512}, size={size / 512}, type={architecture.RootPartition}, uuid={ids.Of("partition")}, name=root

            """,
            stop);
        await Tools.RunAsync(new HostCommand("sh", "-c", "sfdisk --quiet \"$1\" <\"$2\"", "sh", disk, table), stop);
        File.Delete(table);
    }

    private Task<string> FormatAsync(string root, string disk, long size, long inodes, CancellationToken stop) => Tools.RunAsync(
        new HostCommand(
            "env",
            $"E2FSPROGS_FAKE_TIME={epoch}",
            "mke2fs",
            "-q",
            "-t",
            "ext4",
            "-b",
            $"{Block}",
            "-I",
            $"{InodeBytes}",
            "-N",
            $"{inodes}",
            "-m",
            "0",
            "-J",
            $"size={JournalMiB}",
            "-U", $"{ids.Of("file system")}", "-E", $"offset={Offset},hash_seed={ids.Of("hash seed")},lazy_itable_init=0,lazy_journal_init=0",
            "-d", root, disk, $"{size / 1024}k"),
        stop);

    /// <summary>mke2fs up to 1.47.0 copies from the tree when each file was last read and changed: that is when it was built.</summary>
    private async Task ForgetTimesAsync(string disk, CancellationToken stop)
    {
        var fileSystem = $"{disk}?offset={Offset}";
        var script = disk + ".times";
        var summary = await Tools.RunAsync(new HostCommand("dumpe2fs", fileSystem), stop);
        await File.WriteAllLinesAsync(
            script, UsedInodes(summary).SelectMany(inode => new[] { $"sif <{inode}> atime @{epoch}", $"sif <{inode}> ctime @{epoch}" }), stop);
        await Tools.RunAsync(new HostCommand("env", $"E2FSPROGS_FAKE_TIME={epoch}", "debugfs", "-w", "-f", script, fileSystem), stop);
        File.Delete(script);
    }

    private static IEnumerable<int> UsedInodes(string summary)
    {
        var used = Enumerable
            .Range(FirstInode, int.Parse(InodeCount().Match(summary).Groups["count"].ValueSpan, CultureInfo.InvariantCulture) - FirstInode + 1)
            .ToHashSet();
        foreach (Match free in FreeInodes().Matches(summary))
        {
            var first = int.Parse(free.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
            var last = free.Groups["last"].Success ? int.Parse(free.Groups["last"].ValueSpan, CultureInfo.InvariantCulture) : first;
            used.ExceptWith(Enumerable.Range(first, last - first + 1));
        }

        return used.Order().Prepend(RootInode);
    }

    [GeneratedRegex(@"^Inode count: +(?<count>\d+)", RegexOptions.Multiline)]
    private static partial Regex InodeCount();

    [GeneratedRegex(@"(?<=^  Free inodes: .*)(?<first>\d+)(-(?<last>\d+))?", RegexOptions.Multiline)]
    private static partial Regex FreeInodes();
}
