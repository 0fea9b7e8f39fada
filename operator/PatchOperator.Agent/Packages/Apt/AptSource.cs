using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>One index of packages that apt knows, with its Release file's fields.</summary>
/// <param name="Label">Label, such as <c>Debian-Security</c>.</param>
/// <param name="Archive">Suite, such as <c>stable-security</c>.</param>
/// <param name="Codename">Codename, such as <c>bookworm-security</c>.</param>
internal sealed partial record AptSource(string Label, string Archive, string Codename)
{
    /// <summary>Debian labels its security archive; Ubuntu's and its ESM's have suites such as <c>jammy-security</c>, <c>jammy-infra-security</c>.</summary>
    public bool IsSecurity =>
        Label == "Debian-Security" || Archive.EndsWith("-security", StringComparison.Ordinal) || Codename.EndsWith("-security", StringComparison.Ordinal);

    /// <summary>Reads <c>apt-cache policy</c> without arguments. The keys are what the version tables call the index.</summary>
    public static IReadOnlyDictionary<string, AptSource> ParseAll(string output)
    {
        var sources = new Dictionary<string, AptSource>();
        var index = "";
        foreach (var line in output.Split('\n').TakeWhile(line => !line.StartsWith("Pinned packages:", StringComparison.Ordinal)))
        {
            if (IndexLine().Match(line) is { Success: true } match)
                index = match.Groups["index"].Value;
            else if (ReleaseLine().Match(line) is { Success: true } release)
                sources[index] = Parse(release.Groups["fields"].Value);
        }

        return sources;
    }

    private static AptSource Parse(string fields)
    {
        var values = FieldBoundary().Split(fields).Select(field => field.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], pair => pair[1]).ToDictionary(group => group.Key, group => group.First());
        return new AptSource(values.GetValueOrDefault("l", ""), values.GetValueOrDefault("a", ""), values.GetValueOrDefault("n", ""));
    }

    [GeneratedRegex(@"^ {1,4}-?\d+ (?<index>\S.*)$")]
    private static partial Regex IndexLine();

    [GeneratedRegex(@"^ +release (?<fields>.*)$")]
    private static partial Regex ReleaseLine();

    // A label may hold a comma itself.
    [GeneratedRegex(@",(?=[a-z]=)")]
    private static partial Regex FieldBoundary();
}
