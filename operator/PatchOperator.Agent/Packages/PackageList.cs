using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Lists of installed packages, compared.</summary>
internal static class PackageList
{
    public static InstalledFacts Facts(IReadOnlyList<InstalledPackage> packages) =>
        new(packages.Count, PackageDigest.Of(packages.Select(package => (package.Name, package.Version))));

    /// <summary>What became of the packages between two lists, by name.</summary>
    public static IReadOnlyList<ChangedPackage> Changes(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after)
    {
        var (from, to) = (before.ToLookup(package => package.Name), after.ToLookup(package => package.Name));
        return [.. before.Concat(after).Select(package => package.Name).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(name => Changes(name, Versions(from[name]), Versions(to[name])))];
    }

    /// <summary>The newest of each name: what an update is an update of.</summary>
    public static IReadOnlyDictionary<string, InstalledPackage> Newest(IEnumerable<InstalledPackage> packages, IComparer<string> versions) =>
        packages.GroupBy(package => package.Name).ToDictionary(group => group.Key, group => group.MaxBy(package => package.Version, versions)!);

    /// <summary>The names of packages that came as dependencies, and were named since.</summary>
    public static IReadOnlyList<string> NoLongerAutomatic(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after)
    {
        var automatic = before.Where(package => package.Automatic).Select(package => package.Name).ToHashSet();
        return [.. after.Where(package => !package.Automatic && automatic.Contains(package.Name)).Select(package => package.Name)];
    }

    private static List<string> Versions(IEnumerable<InstalledPackage> packages) => [.. packages.Select(package => package.Version)];

    /// <summary>Of what may be there in several versions side by side, such as kernels, one comes and another goes.</summary>
    private static IEnumerable<ChangedPackage> Changes(string name, List<string> before, List<string> after)
    {
        var (gone, come) = (before.Except(after).ToList(), after.Except(before).ToList());
        return (before.Count, after.Count, gone.Count) is (1, 1, 1)
            ? [new ChangedPackage(name, gone[0], come[0])]
            : [.. gone.Select(version => new ChangedPackage(name, version, "")), .. come.Select(version => new ChangedPackage(name, "", version))];
    }
}
