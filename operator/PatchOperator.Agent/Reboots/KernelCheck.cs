using System.Text.RegularExpressions;
using PatchOperator.Agent.Packages;

namespace PatchOperator.Agent.Reboots;

/// <summary>Whether a newer kernel is installed than the one that runs.</summary>
internal static partial class KernelCheck
{
    /// <summary>
    /// Null when there is nothing to say: also when the running kernel is not one of those installed, as in a container, which shares the kernel
    /// of its machine.
    /// </summary>
    /// <param name="release">What <c>uname -r</c> prints.</param>
    /// <param name="build">What <c>uname -v</c> prints: Debian puts the package's version there.</param>
    /// <param name="installed">The installed packages.</param>
    /// <param name="versions">The order of versions.</param>
    public static string? Because(string release, string build, IReadOnlyList<InstalledPackage> installed, IComparer<string> versions)
    {
        var images = installed.Select(package => (Package: package, Image: KernelImage.Parse(package.Name))).Where(pair => pair.Image is not null).ToList();
        var running = images.Find(pair => pair.Image!.Release == release);
        if (running.Image is null)
            return null;
        var newest = images.Where(pair => pair.Image!.Flavour == running.Image.Flavour).MaxBy(pair => pair.Image!.Version, versions).Image!;
        if (versions.Compare(newest.Version, running.Image.Version) > 0)
            return $"kernel {newest.Release} is installed, {release} is running";
        return DebianBuild().Match(build) is { Success: true } match && versions.Compare(running.Package.Version, match.Groups["version"].Value) > 0
            ? $"kernel {release} is installed in version {running.Package.Version}, version {match.Groups["version"].Value} is running"
            : null;
    }

    [GeneratedRegex(@" Debian (?<version>[0-9]\S+) \(")]
    private static partial Regex DebianBuild();
}
