using System.Security.Cryptography;
using System.Text;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Lists of installed packages, compared.</summary>
internal static class PackageList
{
    public static InstalledFacts Facts(IReadOnlyList<InstalledPackage> packages) => new(packages.Count, PatchLevel(packages));

    /// <summary>What became of the packages between two lists, by name.</summary>
    public static IReadOnlyList<ChangedPackage> Changes(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after)
    {
        var from = before.ToDictionary(package => package.Name, package => package.Version);
        var to = after.ToDictionary(package => package.Name, package => package.Version);
        return [.. from.Keys.Union(to.Keys)
            .Select(name => new ChangedPackage(name, from.GetValueOrDefault(name, ""), to.GetValueOrDefault(name, "")))
            .Where(change => change.From != change.To)
            .OrderBy(change => change.Name, StringComparer.Ordinal)];
    }

    /// <summary>sha256 of the lines <c>name=version</c> in ordinal order, each with a line feed: what <c>LC_ALL=C sort | sha256sum</c> gives.</summary>
    private static string PatchLevel(IReadOnlyList<InstalledPackage> packages)
    {
        var lines = packages.Select(package => $"{package.Name}={package.Version}\n").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
