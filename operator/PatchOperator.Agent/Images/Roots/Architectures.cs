using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>Names of an architecture.</summary>
/// <param name="Go">As GOARCH, which OCI images use.</param>
/// <param name="RootPartition">
/// The type of a root partition, by the Discoverable Partitions Specification
/// (https://uapi-group.org/specifications/specs/discoverable_partitions_specification/).
/// </param>
internal sealed record Architectures(string Go, string RootPartition)
{
    private const string LinuxFileSystem = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    /// <summary>By the names that dpkg and rpm have for them.</summary>
    private static readonly (string[] Names, Architectures Architecture)[] Known =
    [
        (["amd64", "x86_64"], new("amd64", "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709")),
        (["arm64", "aarch64"], new("arm64", "B921B045-1DF0-41C3-AF44-4C6F280D3FAE")),
        (["armhf", "armv7hl"], new("arm", "69DAD710-2CE4-4E3C-B16C-21A1D49ABED3")),
        (["i386", "i586", "i686"], new("386", "44479540-F297-41B2-9AF7-D131D5F0458A")),
        (["ppc64el", "ppc64le"], new("ppc64le", "C31C45E6-3F39-412E-80FB-4809C4980599")),
        (["riscv64"], new("riscv64", "72EC70A6-CF74-40E6-BD49-4BDA08E8F224")),
        (["s390x"], new("s390x", "5EEAD9A9-FE09-4A1E-A1C7-520D00531306")),
    ];

    /// <summary>Every type that may hold a root file system.</summary>
    public static IEnumerable<string> RootPartitions => Known.Select(known => known.Architecture.RootPartition).Append(LinuxFileSystem);

    /// <summary>What an image's own package manager says.</summary>
    /// <exception cref="StepFailureException">UnsupportedSystem.</exception>
    public static async Task<Architectures> OfAsync(ImageJob job, HostCommands image, CancellationToken stop)
    {
        using var deadline = job.Unlimited(stop);
        var name = await RootPackages.Of(image, job.Progress).ArchitectureAsync(deadline);
        return Array.Find(Known, known => known.Names.Contains(name)).Architecture ?? new Architectures(name, LinuxFileSystem);
    }
}
