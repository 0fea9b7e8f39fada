using System.Buffers.Binary;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>An image that is one file.</summary>
/// <param name="Name">Its name in the workspace, and the title of the artifact in a registry.</param>
/// <param name="Extension">Of its file in a volume.</param>
/// <param name="ArtifactType">In a registry.</param>
/// <param name="MediaType">The file's.</param>
/// <param name="Expected">What it must be, for a person.</param>
internal sealed record FileFormat(string Name, string Extension, string ArtifactType, string MediaType, string Expected)
{
    /// <summary>Enough to tell by: a GPT on a disk with sectors of 4 KiB begins in the second of them.</summary>
    private const int HeadBytes = 8192;

    private static readonly FileFormat Tar = new(
        ImageWorkspace.Tar, ".tar", "application/vnd.patchoperator.rootfs.v1.tar", "application/x-tar", "a tar archive, not compressed");

    private static readonly FileFormat RawDisk = new(
        ImageWorkspace.RawDisk, ".raw", "application/vnd.patchoperator.disk.v1.raw", "application/octet-stream",
        "a raw disk with a GPT, or a bare ext4 file system");

    public static FileFormat Of(ImageRequestFormat format) => format == ImageRequestFormat.Tar ? Tar : RawDisk;

    /// <summary>The image in the workspace.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public FileInfo Find(string workspace)
    {
        var file = new ContainedFolder(workspace).Find(Name);
        using var content = file.OpenRead();
        var head = new byte[HeadBytes];
        content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return Fits(head) ? file : throw new InvalidDataException($"{Name} is not {Expected}");
    }

    /// <summary>By tar(5); by the UEFI specification, "GPT Header"; by the superblock of ext4, https://docs.kernel.org/filesystems/ext4/super.html.</summary>
    private bool Fits(ReadOnlySpan<byte> head) => this == Tar
        ? head[257..].StartsWith("ustar"u8)
        : head[512..].StartsWith("EFI PART"u8)
            || head[4096..].StartsWith("EFI PART"u8)
            || BinaryPrimitives.ReadUInt16LittleEndian(head[(1024 + 0x38)..]) == 0xEF53;
}
