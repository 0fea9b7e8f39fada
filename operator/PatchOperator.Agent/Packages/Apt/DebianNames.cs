using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// What may become an argument. Wider than Debian Policy 5.6.1 and 5.6.12 by what dpkg itself takes (upper case and underscores in names), so
/// that a scan never reports what a patch then refuses; never anything that apt-get reads as an option, a pattern or a
/// <c>package-</c> to be removed.
/// </summary>
internal static partial class DebianNames
{
    public static bool IsName(string? name) => name is { Length: <= 200 } && Name().IsMatch(name);

    public static bool IsVersion(string? version) => version is { Length: <= 200 } && Version().IsMatch(version);

    /// <summary>Why a package at a version can be no argument, in words; null when it can.</summary>
    public static string? Refusal(string name, string version) =>
        !IsName(name) ? $"the name {name} is not one that dpkg takes"
        : !IsVersion(version) ? $"version {version} is not one that dpkg takes"
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9+._-]*(:[a-z0-9][a-z0-9-]*)?\z")]
    private static partial Regex Name();

    // Not ending in a dash: apt-get would take "name=1.0-" for a request to remove.
    [GeneratedRegex(@"\A([0-9]+:)?[0-9][A-Za-z0-9.+~:-]*(?<!-)\z")]
    private static partial Regex Version();
}
