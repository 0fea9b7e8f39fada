using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>The approved updates at the versions that this host gets, by what its archives offer now.</summary>
/// <param name="ToInstall">What is installed.</param>
/// <param name="Required">Without what something is missing: never a version that the host cannot get and need not.</param>
/// <param name="Substituted">Where both are not what was planned.</param>
internal sealed record FrozenUpdates(
    IReadOnlyList<ApprovedUpdate> ToInstall, IReadOnlyList<ApprovedUpdate> Required, IReadOnlyList<SubstitutedVersion> Substituted)
{
    /// <param name="planned">The approved updates.</param>
    /// <param name="freeze">What becomes of those that are not offered.</param>
    /// <param name="offer">What the host is offered of a package.</param>
    /// <param name="versions">The package manager's order.</param>
    public static FrozenUpdates Of(
        IReadOnlyList<ApprovedUpdate> planned, FreezeMode freeze, Func<ApprovedUpdate, PackageOffer> offer, IComparer<string> versions)
    {
        var entries = planned.Select(update => (Planned: update, Given: update with { Version = Given(update, freeze, offer(update), versions) })).ToList();
        return new FrozenUpdates(
            [.. entries.Select(entry => entry.Given)],
            [.. entries.Select(entry => versions.Compare(entry.Given.Version, entry.Planned.Version) < 0 ? entry.Given : entry.Planned)],
            [
                .. entries.Where(entry => entry.Given != entry.Planned)
                    .Select(entry => new SubstitutedVersion(entry.Planned.Name, entry.Planned.Version, entry.Given.Version)),
            ]);
    }

    private static string Given(ApprovedUpdate planned, FreezeMode freeze, PackageOffer offer, IComparer<string> versions) => (freeze, offer.Candidate) switch
    {
        (FreezeMode.None, { } candidate) => candidate,
        (FreezeMode.AtLeast, { } candidate) when !offer.HasPlanned && versions.Compare(candidate, planned.Version) > 0 => candidate,
        _ => planned.Version,
    };
}
