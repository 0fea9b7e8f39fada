using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>A repository that is enabled and was read.</summary>
/// <param name="Id">What its section is called.</param>
/// <param name="Name">What it is called for people.</param>
/// <param name="Address">Where it is, or where the list of its mirrors is.</param>
/// <param name="RefreshedAt">When it was last asked; null when nobody knows.</param>
/// <param name="InPlace">Whether its packages are used where they are, and not downloaded.</param>
internal sealed partial record DnfRepository(string Id, string Name, string Address, DateTimeOffset? RefreshedAt, bool InPlace = false)
{
    /// <summary>The host of its address; empty for one on this host.</summary>
    public string Site => Uri.TryCreate(Address, UriKind.Absolute, out var address) ? address.Host : "";

    /// <summary>Reads <c>dnf repolist --verbose</c>, with times in UTC.</summary>
    public static IReadOnlyList<DnfRepository> ParseAll(string output)
    {
        var repositories = new List<DnfRepository>();
        foreach (Match line in FieldLine().Matches(output))
        {
            var value = line.Groups["value"].Value.Trim();
            if (line.Groups["key"].Value == "id")
                repositories.Add(new DnfRepository(value, "", "", null));
            else if (repositories.Count > 0)
                repositories[^1] = repositories[^1].With(line.Groups["key"].Value, value);
        }

        return repositories;
    }

    /// <summary>The IDs of those that are enabled and of which nothing is on the host.</summary>
    public static IReadOnlyList<string> Unread(string output) =>
        [.. IgnoredLine().Matches(output).SelectMany(match => match.Groups["ids"].Value.Split([',', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries))];

    private DnfRepository With(string key, string value) => key switch
    {
        "name" => this with { Name = value },
        // The address of one that was resolved from a list has the number of others behind it.
        "baseurl" => this with { Address = value.Split([' ', ','])[0], InPlace = value.StartsWith("file:", StringComparison.Ordinal) },
        "metalink" or "mirrors" when Address.Length == 0 => this with { Address = value },
        "expire" => this with { RefreshedAt = Time(value) },
        _ => this,
    };

    private static DateTimeOffset? Time(string value) =>
        LastTime().Match(value) is { Success: true } match
        && DateTimeOffset.TryParseExact(
            match.Groups["time"].Value.Replace("  ", " ", StringComparison.Ordinal),
            "ddd MMM d HH:mm:ss yyyy",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : null;

    [GeneratedRegex(@"^Repo-(?<key>[a-z]+) *: (?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"^Ignoring repositories: (?<ids>.*)$", RegexOptions.Multiline)]
    private static partial Regex IgnoredLine();

    [GeneratedRegex(@"\(last: (?<time>[A-Z][^)]*)\)")]
    private static partial Regex LastTime();
}
