using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Images.Unpacking;

/// <summary>A root file system in a tar archive. GNU tar itself keeps members within the folder, whatever their names and links say.</summary>
internal static class TarReader
{
    public static async Task UnpackAsync(string file, string root, CancellationToken stop)
    {
        ImageFiles.Require(file);
        await ImageFiles.ReadAsync(
            $"{file} is no archive of a root file system",
            new HostCommand("tar", "--extract", "--numeric-owner", "--same-permissions", "--xattrs", "--xattrs-include=*", "--file", file, "--directory", root),
            stop);
    }
}
