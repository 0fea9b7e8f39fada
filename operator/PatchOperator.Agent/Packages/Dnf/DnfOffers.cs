using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What repositories offer above what is installed, and which of it is security.</summary>
/// <param name="visible">What dnf may choose from.</param>
/// <param name="all">That, and what the host's configuration excludes.</param>
/// <param name="advisories">What their makers say.</param>
/// <param name="repositories">Where they are from.</param>
/// <param name="securitySources">Repositories that count as security whatever advisories say.</param>
internal sealed class DnfOffers(
    IReadOnlyList<DnfOffer> visible,
    IReadOnlyList<DnfOffer> all,
    DnfAdvisories advisories,
    IReadOnlyList<DnfRepository> repositories,
    IReadOnlyList<SecuritySource> securitySources)
{
    private readonly ILookup<string, DnfOffer> visible = visible.ToLookup(offer => offer.Name);
    private readonly ILookup<string, DnfOffer> all = all.ToLookup(offer => offer.Name);
    private readonly Dictionary<string, DnfRepository> repositories = repositories.ToDictionary(repository => repository.Id);

    /// <summary>How dnf may be asked for a version of a package; null where it may not choose it.</summary>
    public string? Nevra(string name, string version) => visible[name].FirstOrDefault(offer => offer.Version == version)?.Nevra;

    /// <summary>
    /// The version that a package should have, beyond what an upgrade would give it; null when there is none. Where an upgrade would give it a newer one, what
    /// is newer still counts for security alone.
    /// </summary>
    /// <param name="package">The package.</param>
    /// <param name="upgrade">What an upgrade would give it; null when it would leave it alone.</param>
    public string? Beyond(InstalledPackage package, string? upgrade)
    {
        var reached = upgrade ?? package.Version;
        var newer = all[package.Name].Where(offer => IsAbove(offer.Version, reached)).ToList();
        var fixes = advisories.SecurityVersions(package.Name).ToHashSet();
        return upgrade is null || newer.Any(offer => fixes.Contains(offer.Version) || IsFromSecurity(offer))
            ? newer.Select(offer => offer.Version).Max(RpmVersions.Order)
            : null;
    }

    /// <summary>The update with what is known of its security. A fix may have been overtaken by a newer version that mends nothing else.</summary>
    public PendingUpdate Judge(PendingUpdate update) => advisories.Apply(update with
    {
        Security = all[update.Name]
            .Any(offer => IsAbove(offer.Version, update.Installed) && !IsAbove(offer.Version, update.Candidate) && IsFromSecurity(offer)),
    });

    private static bool IsAbove(string version, string other) => RpmVersions.Order.Compare(version, other) > 0;

    /// <summary>A repository is named by its name or by its ID.</summary>
    private bool IsFromSecurity(DnfOffer offer) => securitySources.Any(source =>
        source.Matches(field => Field(offer, field, offer.Repository))
        || source.Matches(field => Field(offer, field, repositories.GetValueOrDefault(offer.Repository)?.Name ?? "")));

    private string Field(DnfOffer offer, string field, string label) => field switch
    {
        "origin" => offer.Vendor,
        "label" => label,
        "site" => repositories.GetValueOrDefault(offer.Repository)?.Site ?? "",
        _ => "",
    };
}
