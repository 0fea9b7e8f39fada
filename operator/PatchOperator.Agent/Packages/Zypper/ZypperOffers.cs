using System.Xml.Linq;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>The versions that repositories have.</summary>
internal sealed class ZypperOffers
{
    private readonly ILookup<string, Offer> offers;

    private ZypperOffers(IEnumerable<Offer> offers) => this.offers = offers.ToLookup(offer => offer.Name);

    /// <param name="Name">A package's name; a foreign architecture is part of it.</param>
    /// <param name="Version">A version of it.</param>
    /// <param name="Repository">Who has it.</param>
    internal sealed record Offer(string Name, string Version, ZypperRepository Repository);

    /// <param name="stream">The answer to <see cref="ZypperCommands.Offers"/>: it lists what is installed and nowhere to be had as well.</param>
    /// <param name="repositories">Those of the host.</param>
    /// <param name="native">The host's own architecture.</param>
    public static ZypperOffers Parse(XElement stream, IReadOnlyList<ZypperRepository> repositories, string native) => new(
        from solvable in stream.Descendants("solvable")
        let label = ZypperSummary.Value(solvable, "repository")
        from repository in repositories
        where ZypperSummary.Value(solvable, "kind") == "package" && (repository.Name == label || repository.Alias == label)
        select new Offer(ZypperSummary.NameOf(solvable, native), ZypperSummary.Value(solvable, "edition"), repository));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Offer> Of(string name) => [.. offers[name].OrderByDescending(offer => offer.Version, RpmVersions.Order)];

    public bool Has(string name, string version) => offers[name].Any(offer => offer.Version == version);

    public bool HasNewer(string name, string version) => offers[name].Any(offer => RpmVersions.Order.Compare(offer.Version, version) > 0);

    /// <summary>For a person: the versions that there are, the newest first.</summary>
    public string Versions(string name) =>
        string.Join(", ", Of(name).Select(offer => offer.Version).Distinct()) is { Length: > 0 } versions ? versions : "none";
}
