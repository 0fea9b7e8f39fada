using System.Text.RegularExpressions;
using PatchOperator.Agent.Packages.Dnf;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>
/// Reads <c>dnf5 versionlock list</c>. A package is held that is locked to one version; what excludes versions, or all above one, blocks those updates and
/// holds nothing.
/// </summary>
internal static partial class Dnf5VersionLocks
{
    /// <param name="output">Names, each with its conditions in lines below it.</param>
    public static VersionLocks Parse(string output)
    {
        var (names, name) = (new List<string>(), "");
        foreach (Match line in Line().Matches(output))
        {
            if (line.Groups["name"].Success)
                name = line.Groups["name"].Value;
            else if (name.Length > 0)
                names.Add(name);
        }

        return new VersionLocks(names);
    }

    [GeneratedRegex(@"^(Package name: (?<name>\S+)|evr = \S+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
