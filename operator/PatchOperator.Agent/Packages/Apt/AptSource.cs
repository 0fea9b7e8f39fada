using System.Text.RegularExpressions;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>One index of packages that apt knows, with its Release file's fields.</summary>
/// <param name="Origin">Origin, such as <c>Debian</c>.</param>
/// <param name="Label">Label, such as <c>Debian-Security</c>.</param>
/// <param name="Archive">Suite, such as <c>stable-security</c>.</param>
/// <param name="Codename">Codename, such as <c>bookworm-security</c>.</param>
/// <param name="Site">The host of its address; empty for one on this host.</param>
internal sealed partial record AptSource(string Origin, string Label, string Archive, string Codename, string Site)
{
    /// <summary>Debian labels its security archive; Ubuntu's and its ESM's have suites such as <c>jammy-security</c>, <c>jammy-infra-security</c>.</summary>
    /// <param name="named">Archives that count as security as well.</param>
    public bool IsSecurity(IReadOnlyList<SecuritySource> named) =>
        Label == "Debian-Security" || Archive.EndsWith("-security", StringComparison.Ordinal) || Codename.EndsWith("-security", StringComparison.Ordinal)
        || named.Any(source => source.Matches(Field));

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
            else if (SiteLine().Match(line) is { Success: true } site && sources.TryGetValue(index, out var source))
                sources[index] = source with { Site = site.Groups["site"].Value };
        }

        return sources;
    }

    private static AptSource Parse(string fields)
    {
        var values = FieldBoundary().Split(fields).Select(field => field.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], pair => pair[1]).ToDictionary(group => group.Key, group => group.First());
        return new AptSource(Value("o"), Value("l"), Value("a"), Value("n"), Site: "");

        string Value(string name) => values.GetValueOrDefault(name, "");
    }

    private string Field(string name) => name switch
    {
        "origin" => Origin,
        "label" => Label,
        "suite" => Archive,
        "codename" => Codename,
        "site" => Site,
        _ => "",
    };

    [GeneratedRegex(@"^ {1,4}-?\d+ (?<index>\S.*)$")]
    private static partial Regex IndexLine();

    [GeneratedRegex(@"^ +release (?<fields>.*)$")]
    private static partial Regex ReleaseLine();

    [GeneratedRegex(@"^ +origin (?<site>\S+)$")]
    private static partial Regex SiteLine();

    // A label may hold a comma itself.
    [GeneratedRegex(@",(?=[a-z]=)")]
    private static partial Regex FieldBoundary();
}
