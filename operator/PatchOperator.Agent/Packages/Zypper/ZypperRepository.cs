using System.Globalization;
using System.Xml.Linq;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>A repository that is enabled on the host.</summary>
/// <param name="Alias">What zypper knows it by.</param>
/// <param name="Name">What people know it by.</param>
/// <param name="Site">The host of its address; empty for one on this host.</param>
/// <param name="Priority">The lower, the more it is preferred.</param>
internal sealed record ZypperRepository(string Alias, string Name, string Site, int Priority)
{
    /// <summary>What zypper prefers where nobody says otherwise.</summary>
    private const int DefaultPriority = 99;

    /// <summary>Where zypper keeps what the repository offers.</summary>
    public string Metadata => $"{ZypperCommands.Cache}/raw/{Alias.Replace('/', '_')}";

    /// <summary>Reads <see cref="ZypperCommands.Repositories"/>.</summary>
    public static IReadOnlyList<ZypperRepository> ParseAll(XElement stream) =>
        [.. stream.Descendants("repo").Where(repository => ZypperSummary.Value(repository, "enabled") == "1").Select(Parse)];

    /// <summary>
    /// Whether a policy's pattern names it: <c>label</c> is its alias or its name, <c>site</c> the host of its address; zypper tells of no other field.
    /// </summary>
    public bool Matches(SecuritySource source) => source.Matches(field => Field(field, Name)) || source.Matches(field => Field(field, Alias));

    private string Field(string field, string label) => field switch
    {
        "label" => label,
        "site" => Site,
        _ => "",
    };

    private static ZypperRepository Parse(XElement repository) => new(
        ZypperSummary.Value(repository, "alias"),
        ZypperSummary.Value(repository, "name"),
        Uri.TryCreate(repository.Element("url")?.Value, UriKind.Absolute, out var address) ? address.Host : "",
        int.TryParse(ZypperSummary.Value(repository, "priority"), CultureInfo.InvariantCulture, out var priority) ? priority : DefaultPriority);
}
