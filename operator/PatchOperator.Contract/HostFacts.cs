namespace PatchOperator.Contract;

/// <summary>What the host is.</summary>
/// <param name="OsImage">PRETTY_NAME of os-release.</param>
/// <param name="OsFamily">ID and VERSION_ID of os-release joined by a dash, such as <c>debian-12</c>.</param>
/// <param name="KernelVersion">The running kernel, as <c>uname -r</c> prints it.</param>
/// <param name="Architecture">The package manager's name of the architecture, such as <c>amd64</c>.</param>
/// <param name="PackageManager">Such as <c>apt</c>.</param>
public sealed record HostFacts(string OsImage, string OsFamily, string KernelVersion, string Architecture, string PackageManager);
