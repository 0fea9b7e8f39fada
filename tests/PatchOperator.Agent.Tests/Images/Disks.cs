using System.Runtime.InteropServices;

namespace PatchOperator.Agent.Tests.Images;

internal static class Disks
{
    /// <summary>Of the Discoverable Partitions Specification.</summary>
    public static string RootPartitionHere => RuntimeInformation.OSArchitecture == Architecture.Arm64
        ? "type=B921B045-1DF0-41C3-AF44-4C6F280D3FAE"
        : "type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709";
}
