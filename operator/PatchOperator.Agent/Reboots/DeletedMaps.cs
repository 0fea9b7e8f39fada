using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Reboots;

/// <summary>Programs and libraries that a process runs and that are no longer on disk: they were replaced by an upgrade. From proc_pid_maps(5).</summary>
internal static partial class DeletedMaps
{
    /// <summary>
    /// The paths, each once. Only code counts. The kernel gives the path within its mount where that mount is not in the reader's namespace,
    /// so a host's <c>/usr</c> of its own may show without its first part.
    /// </summary>
    public static IReadOnlyList<string> Of(string maps) =>
        [.. DeletedCode().Matches(maps).Select(match => match.Groups["path"].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(
        @"^[0-9a-f]+-[0-9a-f]+ ..x. [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ [0-9]+ "
        + @"+(?<path>/(usr|lib|lib32|lib64|libx32|libexec|bin|sbin)/.*) \(deleted\)$",
        RegexOptions.Multiline)]
    private static partial Regex DeletedCode();
}
