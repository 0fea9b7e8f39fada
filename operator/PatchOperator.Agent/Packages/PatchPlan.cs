using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>What the approved updates mean for this host.</summary>
/// <param name="Upgrades">Approved, installed here at a lower version or not wholly, and not held; and what takes the place of a package that is here.</param>
/// <param name="NewPackages">Approved and not installed here: welcome where an upgrade needs them.</param>
/// <param name="Held">Approved, installed here at a lower version, and held: left alone.</param>
/// <param name="Refused">
/// Approved and installed here at a lower version, but named in a way that the package manager does not take: left alone, and missing.
/// </param>
internal sealed record PatchPlan(
    IReadOnlyList<ApprovedUpdate> Upgrades, IReadOnlyList<ApprovedUpdate> NewPackages, IReadOnlyList<ApprovedUpdate> Held,
        IReadOnlyList<ApprovedUpdate> Refused)
{
    public static async Task<PatchPlan> MakeAsync(
        IReadOnlyList<ApprovedUpdate> approved, IReadOnlyList<InstalledPackage> installed, IPackageManager packages, Deadline deadline)
    {
        var here = installed.Select(package => package.Name).ToHashSet();
        var fresh = approved.Where(update => !here.Contains(update.Name) && packages.Refusal(update.Name, update.Version) is null).ToList();
        return Make(approved, installed, packages, fresh.Count == 0 ? [] : await packages.SuccessorsAsync(fresh, deadline));
    }

    private static PatchPlan Make(
        IReadOnlyList<ApprovedUpdate> approved, IReadOnlyList<InstalledPackage> installed, IPackageManager packages, IReadOnlyList<ApprovedUpdate> successors)
    {
        var here = PackageList.Newest(installed, packages.Versions);
        var due = approved.Where(update => here.TryGetValue(update.Name, out var package) && IsDue(update.Version, package, packages.Versions))
            .ToLookup(update => packages.Refusal(update.Name, update.Version) is null);
        return new PatchPlan(
            [.. due[true].Where(update => !here[update.Name].Held), .. successors],
            [.. approved.Where(update => !here.ContainsKey(update.Name) && packages.Refusal(update.Name, update.Version) is null).Except(successors)],
            [.. due[true].Where(update => here[update.Name].Held)],
            [.. due[false]]);
    }

    /// <summary>Whether a version is an update of a package: the one rule by which scans find, patches install and verifications miss.</summary>
    public static bool IsDue(string version, InstalledPackage package, IComparer<string> versions) => versions.Compare(package.Version, version) switch
    {
        < 0 => true,
        0 => !package.Complete,
        _ => false,
    };

    /// <summary>What is due and not installed: of that, what is held is an administrator's will.</summary>
    public IReadOnlyList<ApprovedUpdate> Missing => [.. Upgrades, .. Refused];

    /// <summary>The names of what may go for them.</summary>
    public IReadOnlySet<string> Removals => RemovalsOf([.. Upgrades, .. NewPackages]);

    public static HashSet<string> RemovalsOf(IEnumerable<ApprovedUpdate> updates) => [.. updates.SelectMany(update => update.Removes ?? [])];

    /// <summary>For the end of a message: names what is held and what is refused, or nothing.</summary>
    public string Remark => Name("on hold and left alone", Held) + Name("not to be named to the package manager and left alone", Refused);

    private static string Name(string what, IReadOnlyList<ApprovedUpdate> updates) =>
        updates.Count == 0 ? "" : $"; {what}: {string.Join(", ", updates.Select(update => update.Name))}";
}
