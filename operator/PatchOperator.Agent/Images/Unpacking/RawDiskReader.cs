using System.Text.Json.Nodes;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Unpacking;

/// <summary>
/// A disk with a GPT, or a bare ext4 file system, read by debugfs(8): a container has no loop devices. What it cannot copy is left out, device nodes and the
/// bits that make a program run as its owner.
/// </summary>
internal sealed class RawDiskReader(string disk)
{
    private const int SectorBytes = 512;

    /// <summary>
    /// debugfs follows links that a forged file system has put in its way: it gets a root of its own, where there is nothing else to be written to.
    /// </summary>
    private const string Jail = """
        set -e
        disk=$1 offset=$2 root=$3 jail=$4
        mount -t tmpfs -o mode=755 tmpfs "$jail"
        for d in bin sbin lib lib64 usr; do
            if [ -L "/$d" ]; then
                cp -P "/$d" "$jail/$d"
            elif [ -d "/$d" ]; then
                mkdir "$jail/$d"
                mount --bind "/$d" "$jail/$d"
                mount -o remount,bind,ro "$jail/$d"
            fi
        done
        : >"$jail/disk"
        mount --bind "$disk" "$jail/disk"
        mount -o remount,bind,ro "$jail/disk"
        mkdir "$jail/root"
        mount --bind "$root" "$jail/root"
        exec chroot "$jail" debugfs -R 'rdump / /root' "/disk?offset=$offset"
        """;

    public async Task UnpackAsync(string root, CancellationToken stop)
    {
        ImageFiles.Require(disk);
        var offset = await OffsetAsync(stop);
        await ImageFiles.ReadAsync(
            $"{disk} holds no sound ext4 file system at byte {offset}", new HostCommand("e2fsck", "-f", "-n", $"{disk}?offset={offset}"), stop);
        var jail = Directory.CreateDirectory(root + ".jail").FullName;
        var command = new HostCommand("unshare", "--mount", "--propagation", "private", "sh", "-c", Jail, "sh", disk, $"{offset}", root, jail);
        await ImageFiles.ReadAsync($"cannot read the file system in {disk}", command, stop);
    }

    /// <summary>Of the root partition; of the only Linux partition, where none says that it is root; of the disk, where there are no partitions.</summary>
    private async Task<long> OffsetAsync(CancellationToken stop)
    {
        var result = await Tools.TryAsync(new HostCommand("sfdisk", "--json", disk), stop);
        if (!result.Succeeded)
            return 0;
        var table = JsonNode.Parse(result.Output)?["partitiontable"];
        if (table?["label"]?.GetValue<string>() != "gpt")
            throw ImageFiles.Invalid($"{disk} must have a GPT with a root partition, or be an ext4 file system");
        // An empty table has none of them.
        var partitions = table["partitions"] as JsonArray ?? [];
        var root = Architectures.RootPartitions
            .Select(
                type => partitions.Where(partition => string.Equals(partition?["type"]?.GetValue<string>(), type, StringComparison.OrdinalIgnoreCase)).ToList())
            .FirstOrDefault(found => found.Count == 1);
        return root is null
            ? throw ImageFiles.Invalid(
                $"{disk} has no partition, or more than one, of a type for root file systems: see the Discoverable Partitions Specification")
            : root[0]!["start"]!.GetValue<long>() * SectorBytes;
    }
}
