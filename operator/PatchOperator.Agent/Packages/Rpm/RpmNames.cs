using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>What of rpm's names and versions may become an argument: never anything that dnf or zypper read as an option, a pattern or a file.</summary>
internal static partial class RpmNames
{
    /// <summary>A foreign architecture is part of it, as in <c>glibc.i686</c>.</summary>
    public static bool IsName(string? name) => name is { Length: <= 200 } && Name().IsMatch(name);

    /// <summary>Such as <c>1:3.0.7-27.el9</c>.</summary>
    public static bool IsVersion(string? version) => version is { Length: <= 200 } && Version().IsMatch(version);

    /// <summary>Why a package at a version can be no argument, in words; null when it can.</summary>
    public static string? Refusal(string name, string version) =>
        !IsName(name) ? $"the name {name} is not one that rpm takes"
        : !IsVersion(version) ? $"version {version} is not one that rpm takes"
        : null;

    /// <summary>The name as it is shown and the version of such as <c>bind-32:9.16-1.x86_64</c>, whose epoch may be left out; null for anything else.</summary>
    public static (string Name, string Version)? Split(string nevra, string native) => Nevra().Match(nevra) is { Success: true } match
        ? (RpmDatabase.QualifiedName(match.Groups["name"].Value, match.Groups["arch"].Value, native),
            RpmDatabase.Evr(match.Groups["epoch"].Value, match.Groups["version"].Value, match.Groups["release"].Value))
        : null;

    [GeneratedRegex(@"\A(?<name>\S+)-((?<epoch>\d+):)?(?<version>[^-\s:]+)-(?<release>[^-\s]+)\.(?<arch>[^-\s.]+)\z")]
    private static partial Regex Nevra();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._+-]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A([0-9]+:)?[A-Za-z0-9._+~^]+-[A-Za-z0-9._+~^]+\z")]
    private static partial Regex Version();
}
