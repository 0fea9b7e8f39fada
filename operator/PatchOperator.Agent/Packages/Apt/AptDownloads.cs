using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Reads <c>apt-get --print-uris</c>.</summary>
internal static partial class AptDownloads
{
    /// <summary>
    /// How many bytes will be written to the archive directory. Files of a <c>file:</c> source are used where they are, what is there
    /// already is not listed.
    /// </summary>
    public static long Bytes(string output) =>
        UriLine().Matches(output)
            .Where(match => !match.Groups["uri"].Value.StartsWith("file:", StringComparison.Ordinal))
            .Sum(match => long.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^'(?<uri>[^']+)' \S+ (?<size>\d+)", RegexOptions.Multiline)]
    private static partial Regex UriLine();
}
