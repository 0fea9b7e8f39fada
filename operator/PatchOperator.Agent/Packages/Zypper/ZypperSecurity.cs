using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What of the updates is security, and why.</summary>
/// <param name="notices">Of all repositories.</param>
/// <param name="offers">What repositories have.</param>
/// <param name="sources">Repositories that a policy names: all that they offer counts as security.</param>
internal sealed class ZypperSecurity(IEnumerable<ZypperNotice> notices, ZypperOffers offers, IReadOnlyList<SecuritySource> sources)
{
    private readonly ILookup<string, (string Version, ZypperNotice Notice)> byName = notices
        .SelectMany(notice => notice.Packages.Select(package => (package.Name, package.Version, notice)))
        .ToLookup(entry => entry.Name, entry => (entry.Version, entry.notice));

    /// <summary>The update with what it settles.</summary>
    public PendingUpdate Mark(PendingUpdate update)
    {
        var settled = Settled(update);
        return update with
        {
            Security = settled.Any(notice => notice.Security) || IsFromSource(update),
            Severity = settled.Where(notice => notice.Security).Max(notice => notice.Advisory.Severity),
            Advisories = settled.Count == 0 ? null : [.. settled.Select(notice => notice.Advisory.Id)],
        };
    }

    /// <summary>What the updates settle, each once, in the order of IDs.</summary>
    public IReadOnlyList<Advisory> Of(IEnumerable<PendingUpdate> updates) => [.. InOrder(updates.SelectMany(Settled)).Select(notice => notice.Advisory)];

    private List<ZypperNotice> Settled(PendingUpdate update) =>
        [.. InOrder(byName[update.Name].Where(entry => IsBetween(entry.Version, update)).Select(entry => entry.Notice))];

    private static IEnumerable<ZypperNotice> InOrder(IEnumerable<ZypperNotice> notices) =>
        notices.DistinctBy(notice => notice.Advisory.Id).OrderBy(notice => notice.Advisory.Id, StringComparer.Ordinal);

    private bool IsFromSource(PendingUpdate update) =>
        offers.Of(update.Name).Any(offer => IsBetween(offer.Version, update) && sources.Any(offer.Repository.Matches));

    /// <summary>What is not installed yet has nothing to be mended of but what replaces something, and of that the version that comes is what counts.</summary>
    private static bool IsBetween(string version, PendingUpdate update) => update.Installed.Length == 0
        ? version == update.Candidate
        : RpmVersions.Order.Compare(version, update.Installed) > 0 && RpmVersions.Order.Compare(version, update.Candidate) <= 0;
}
