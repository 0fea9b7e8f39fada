using System.Security.Cryptography;
using System.Text;

namespace PatchOperator.Contract;

/// <summary>One word for a list of packages: equal ones are equal lists.</summary>
public static class PackageDigest
{
    /// <summary>sha256 of the lines <c>name=version</c> in ordinal order, each with a line feed: what <c>LC_ALL=C sort | sha256sum</c> gives.</summary>
    public static string Of(IEnumerable<(string Name, string Version)> packages)
    {
        var lines = packages.Select(package => $"{package.Name}={package.Version}\n").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
