using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>What the approved updates mean for this host.</summary>
/// <param name="Upgrades">Approved, installed here at a lower version or not wholly, and not held.</param>
/// <param name="NewPackages">Approved and not installed here: welcome where an upgrade needs them.</param>
/// <param name="Held">Approved, installed here at a lower version, and held: left alone.</param>
internal sealed record PatchPlan(IReadOnlyList<ApprovedUpdate> Upgrades, IReadOnlyList<ApprovedUpdate> NewPackages, IReadOnlyList<ApprovedUpdate> Held)
{
    public static PatchPlan Make(IReadOnlyList<ApprovedUpdate> approved, IReadOnlyList<InstalledPackage> installed, IComparer<string> versions)
    {
        var here = installed.ToDictionary(package => package.Name);
        var due = approved.Where(update => here.TryGetValue(update.Name, out var package) && IsDue(update, package, versions)).ToList();
        return new PatchPlan(
            [.. due.Where(update => !here[update.Name].Held)],
            [.. approved.Where(update => !here.ContainsKey(update.Name))],
            [.. due.Where(update => here[update.Name].Held)]);
    }

    /// <summary>For the end of a message: names what is held, or nothing.</summary>
    public string HeldRemark => Held.Count == 0 ? "" : $"; on hold and left alone: {string.Join(", ", Held.Select(update => update.Name))}";

    private static bool IsDue(ApprovedUpdate update, InstalledPackage package, IComparer<string> versions) =>
        versions.Compare(package.Version, update.Version) switch
        {
            < 0 => true,
            0 => !package.Complete,
            _ => false,
        };
}
