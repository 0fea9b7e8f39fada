using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Building;

/// <summary>A root file system as tar(1) writes it, bit for bit the same from equal trees; see https://reproducible-builds.org/docs/archives/.</summary>
internal static class TarWriter
{
    /// <param name="root">The tree.</param>
    /// <param name="file">The archive.</param>
    /// <param name="epoch">Seconds since 1970 that everything is dated at or before.</param>
    /// <param name="stop">Ends it.</param>
    public static Task WriteAsync(string root, string file, long epoch, CancellationToken stop) => Tools.RunAsync(
        new HostCommand(
            "tar",
            "--create", "--sort=name", "--numeric-owner", "--clamp-mtime", string.Create(CultureInfo.InvariantCulture, $"--mtime=@{epoch}"),
            "--format=posix", "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
            // The label that the building node's SELinux puts on every file is no part of the image.
            "--xattrs", "--xattrs-include=*", "--xattrs-exclude=security.selinux",
            "--file", file, "--directory", root, "."),
        stop);
}
