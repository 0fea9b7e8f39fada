using PatchOperator.Api;
using PatchOperator.Engine.Compliances;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// Which of the updates that a scan found are listed in the status of a node, for which there may be thousands: what its policy asks for, and as many of the
/// others as make a list that people read.
/// </summary>
/// <param name="Pending">What is listed: what the policy asks for, then security updates, then those that can be installed.</param>
/// <param name="Cut">What is not; null where nothing is left out.</param>
internal sealed record Listing(List<PendingPackage> Pending, PendingCut? Cut)
{
    // Of the megabyte and a half that an object may have.
    private const int MaxBytes = 256 * 1024;

    // Of the names of what is not listed, and waits to be approved.
    private const int MaxSeenBytes = 64 * 1024;

    /// <param name="found">All of them.</param>
    /// <param name="updates">What the policy asks for; null where there is none.</param>
    public static Listing Of(IReadOnlyList<PendingPackage> found, UpdateSettings? updates)
    {
        bool IsWanted(PendingPackage package) => updates is not null && Approval.Asks(updates, package);
        bool IsBlocked(PendingPackage package) => !Approval.Allows(updates ?? new UpdateSettings(), package with { Removes = Removals(package) });
        var ranked = found
            .Select(package => (Package: Fit(package, updates), IsWanted: IsWanted(package), IsBlocked: IsBlocked(package), IsShort: IsShortened(package)))
            .OrderByDescending(entry => entry.IsWanted)
            .ThenByDescending(entry => entry.Package.Security)
            .ThenBy(entry => entry.IsBlocked)
            .ThenBy(entry => entry.Package.Name, StringComparer.Ordinal)
            .ToList();
        // What is installed anew is there before what needs it, wherever the list is cut.
        var wanted = WholeGroups.Take(
            [.. ranked.Where(entry => entry.IsWanted).OrderBy(entry => entry.IsBlocked).ThenBy(entry => entry.Package.Installed is not null)],
            entry => entry.Package.Candidate, entry => Bytes(entry.Package), Limits.PendingUpdates, MaxBytes);
        var others = ranked.Where(entry => !entry.IsWanted).Take(Limits.ListedPackages - wanted.Count);
        var bytes = wanted.Sum(entry => Bytes(entry.Package));
        var listed = wanted.Concat(others.TakeWhile(entry => (bytes += Bytes(entry.Package)) <= MaxBytes)).ToHashSet();
        var left = ranked.Where(entry => !listed.Contains(entry)).ToList();
        return new Listing(
            [.. ranked.Where(listed.Contains).Select(entry => entry.Package)],
            left.Count == 0 && !listed.Any(entry => entry.IsShort)
                ? null
                : new PendingCut
                {
                    Updates = left.Count,
                    Wanted = left.Count(entry => entry is { IsWanted: true, IsBlocked: false }),
                    WantedBlocked = left.Count(
                        entry => entry is { IsWanted: true, IsBlocked: true, Package.Installed: not null } && !Approval.Comes(entry.Package)),
                    Seen = updates is null ? null : Seen(left.Where(entry => entry.IsWanted).Select(entry => entry.Package), updates),
                    Rules = updates is null ? null : Unlisted.RulesOf(updates),
                });
    }

    // Else it would wait anew once it is listed.
    private static List<SeenUpdates>? Seen(IEnumerable<PendingPackage> wanted, UpdateSettings updates)
    {
        var bytes = 0;
        List<SeenUpdates> seen =
        [
            .. wanted.Where(package => Approval.Allows(updates, package) && Approval.Waits(updates, package, seenBefore: null))
                .Take(Limits.SeenNames)
                .TakeWhile(package => (bytes += package.Name.Length + 3) <= MaxSeenBytes)
                .GroupBy(package => (package.FirstSeen, package.Security))
                .OrderBy(group => group.Key.FirstSeen)
                .Take(Limits.SeenTimes)
                .Select(group => new SeenUpdates
                {
                    At = group.Key.FirstSeen,
                    Security = group.Key.Security,
                    Names = [.. group.Select(package => package.Name)],
                }),
        ];
        return seen.Count == 0 ? null : seen;
    }

    // What the policy names is kept before other names.
    private static PendingPackage Fit(PendingPackage package, UpdateSettings? updates)
    {
        return package with
        {
            Name = Inventory.Word(package.Name),
            Candidate = Inventory.Word(package.Candidate),
            Advisories = Ids(package.Advisories, Limits.PendingAdvisories),
            Cves = Ids(package.Cves, Limits.PendingCves),
            Blocked = package.Blocked is { } why ? Text.Fit(why) : null,
            Removes = Removals(package),
        };

        List<string>? Ids(List<string>? ids, int most) => ids is not { Count: > 0 }
            ? null
            : [.. ids.OrderByDescending(id => Globs.Matches(updates?.Advisories ?? [], id)).Take(most).Select(Inventory.Word)];
    }

    // Not all of them would be too few.
    private static List<string>? Removals(PendingPackage package) =>
        package.Removes is { Count: > 0 and <= Limits.Removals } removes && removes.All(name => Inventory.Word(name) == name) ? removes : null;

    private static bool IsShortened(PendingPackage package) =>
        package.Advisories?.Count > Limits.PendingAdvisories || package.Cves?.Count > Limits.PendingCves;

    // The names of fields, and a time, take the rest.
    private static int Bytes(PendingPackage package) => 200 + package.Name.Length + (package.Installed?.Length ?? 0) + package.Candidate.Length
        + (package.Blocked?.Length ?? 0) + (package.Advisories ?? []).Concat(package.Cves ?? []).Concat(package.Removes ?? []).Sum(word => word.Length + 3);
}
