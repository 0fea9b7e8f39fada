using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// The release of a kernel, such as <c>6.1.0-18-cloud-amd64</c>, taken apart: Debian's and Ubuntu's packages of images are named after it.
/// </summary>
/// <param name="Version">Such as <c>6.1.0-18</c>; ordered as package versions are.</param>
/// <param name="Flavour">Such as <c>cloud-amd64</c> or <c>generic</c>.</param>
internal sealed partial record KernelImage(string Version, string Flavour)
{
    public string Release => $"{Version}-{Flavour}";

    /// <summary>From a package's name; null for all others, metapackages like <c>linux-image-amd64</c> and debug symbols among them.</summary>
    public static KernelImage? Parse(string packageName) =>
        PackageName().Match(packageName) is { Success: true } match && !match.Groups["release"].Value.EndsWith("-dbg", StringComparison.Ordinal)
            ? OfRelease(match.Groups["release"].Value)
            : null;

    /// <summary>From what <c>uname -r</c> prints; null for kernels named otherwise.</summary>
    public static KernelImage? OfRelease(string release) =>
        ReleaseName().Match(release) is { Success: true } match ? new KernelImage(match.Groups["version"].Value, match.Groups["flavour"].Value) : null;

    /// <summary>Whether a package is a part of a kernel, by its name: image, modules, headers and tools of all flavours have the version in theirs.</summary>
    /// <param name="release">What <c>uname -r</c> prints for it.</param>
    /// <param name="packageName">Such as <c>linux-headers-6.1.0-18-common</c>.</param>
    public static bool IsOf(string release, string packageName)
    {
        var version = "-" + (OfRelease(release)?.Version ?? release);
        var end = packageName.IndexOf(version, StringComparison.Ordinal) + version.Length;
        return end >= version.Length && (end == packageName.Length || packageName[end] == '-');
    }

    [GeneratedRegex(@"\Alinux-image-(unsigned-)?(?<release>[0-9].*)\z")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"\A(?<version>[0-9][^-]*(-[0-9][^-]*)*)-(?<flavour>[a-z].*)\z")]
    private static partial Regex ReleaseName();
}
