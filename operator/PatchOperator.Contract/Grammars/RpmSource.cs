using System.Text.RegularExpressions;

namespace PatchOperator.Contract.Grammars;

/// <summary>What names a repository of rpm packages, and the keys that they are signed with: it becomes part of files that dnf and zypper read.</summary>
public static partial class RpmSource
{
    private const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string End = "-----END PGP PUBLIC KEY BLOCK-----";

    /// <summary>What dnf calls <c>main</c> is its own configuration, and no repository.</summary>
    public static bool IsId(string? id) => id is not null and not "main" && Id().IsMatch(id);

    /// <summary>
    /// An http or https URL: other ways lead to things of the build's container, which the image does not have. A login in it would be in the image for all to
    /// read.
    /// </summary>
    public static bool IsBaseUrl(string? url) => url is { Length: <= 500 } && BaseUrl().IsMatch(url);

    /// <summary>Whether a URL depends on a release, which nothing tells of a root that is empty yet.</summary>
    public static bool DependsOnRelease(string url) => Release().IsMatch(url);

    /// <summary>Whether it begins and ends as keys in armour do: what is between, rpm reads.</summary>
    public static bool AreKeys(string? keys) =>
        keys is not null && keys.StartsWith(Begin, StringComparison.Ordinal) && keys.AsSpan().TrimEnd().EndsWith(End, StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9:%/.~_+,=&?$\[\]{}-]+\z")]
    private static partial Regex BaseUrl();

    [GeneratedRegex(@"\$\{?releasever")]
    private static partial Regex Release();
}
