using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Whether the kernel that runs is the newest of its flavour that is installed.</summary>
internal static partial class KernelCheck
{
    /// <summary>
    /// Where no kernel is installed, as in a container, which shares the kernel of its machine, the kernel is nothing that a reboot of this host would change.
    /// </summary>
    /// <param name="release">What <c>uname -r</c> prints.</param>
    /// <param name="build">What <c>uname -v</c> prints: Debian puts the package's version there.</param>
    /// <param name="installed">The installed packages.</param>
    /// <param name="versions">The order of versions.</param>
    public static RebootFinding Examine(string release, string build, IReadOnlyList<InstalledPackage> installed, IComparer<string> versions)
    {
        var images = installed.Select(package => (Package: package, Image: KernelImage.Parse(package.Name))).Where(pair => pair.Image is not null).ToList();
        if (images.Count == 0)
            return RebootFinding.No;
        var running = images.Find(pair => pair.Image!.Release == release);
        var flavour = (running.Image ?? KernelImage.OfRelease(release))?.Flavour;
        var newest = images.Select(pair => pair.Image!).Where(image => image.Flavour == flavour).MaxBy(image => image.Version, versions);
        if (newest is null)
        {
            var names = string.Join(", ", images.Select(pair => pair.Package.Name));
            return RebootFinding.Unknown($"kernel {release} is running, which no package has brought; installed: {names}");
        }

        if (running.Image is null)
            return RebootFinding.Due($"kernel {newest.Release} is installed, {release} is running and its package is gone");
        if (versions.Compare(newest.Version, running.Image.Version) > 0)
            return RebootFinding.Due($"kernel {newest.Release} is installed, {release} is running");
        return DebianBuild().Match(build) is { Success: true } match && versions.Compare(running.Package.Version, match.Groups["version"].Value) > 0
            ? RebootFinding.Due($"kernel {release} is installed in version {running.Package.Version}, version {match.Groups["version"].Value} is running")
            : RebootFinding.No;
    }

    [GeneratedRegex(@" Debian (?<version>[0-9]\S+) \(")]
    private static partial Regex DebianBuild();
}
