using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What zypper would have of some packages, whatever was planned.</summary>
internal sealed class ZypperCandidates
{
    private readonly ZypperOffers offers;
    private readonly IReadOnlyDictionary<string, string> coming;
    private readonly IReadOnlyDictionary<string, InstalledPackage> newest;

    private ZypperCandidates(ZypperOffers offers, ZypperSummary update, IReadOnlyList<InstalledPackage> installed)
    {
        this.offers = offers;
        coming = update.Versions;
        newest = PackageList.Newest(installed, RpmVersions.Order);
    }

    public static async Task<ZypperCandidates> FindAsync(
        ZypperQueries queries, IReadOnlyList<ApprovedUpdate> approved, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var named = approved.Where(update => RpmNames.Refusal(update.Name, update.Version) is null).Select(update => update.Name);
        var update = await queries.SummaryAsync(await queries.AskAsync(ZypperCommands.SimulateUpdate, deadline), deadline);
        return new ZypperCandidates(await queries.OffersAsync(named, deadline), update, installed);
    }

    /// <summary>Of what is installed and not to be updated, what is there is the candidate.</summary>
    public PackageOffer OfferFor(ApprovedUpdate planned) => new(
        offers.Has(planned.Name, planned.Version),
        coming.GetValueOrDefault(planned.Name) ?? newest.GetValueOrDefault(planned.Name)?.Version ?? Newest(planned.Name));

    private string? Newest(string name) => offers.Of(name) is [var best, ..] ? best.Version : null;
}
