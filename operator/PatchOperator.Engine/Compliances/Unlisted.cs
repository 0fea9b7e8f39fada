using System.Security.Cryptography;
using System.Text;
using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>What a policy asks for of a node, and the list of pending updates does not show: it is cut, or that of an earlier scan.</summary>
/// <param name="Wanted">How many updates could be installed.</param>
/// <param name="Blocked">How many cannot.</param>
/// <param name="Possible">Whether there may be more, which is not known.</param>
internal readonly record struct Unlisted(int Wanted, int Blocked, bool Possible)
{
    public static Unlisted Of(UpdateSettings updates, NodePatchStatus status)
    {
        if (status.PendingCount is not { } count)
            return default;
        if (status is { PendingCut: { } cut, LastScan.DetailsUnavailable: false } && cut.Rules == RulesOf(updates))
            return new Unlisted(cut.Wanted, cut.WantedBlocked, Possible: false);
        var (byName, all) = (updates.Advisories.Count > 0, updates.Classification == UpdateClassification.All);
        var (installable, blocked) = byName || all ? (count.Total, count.Blocked) : (count.Security, count.BlockedSecurity);
        foreach (var package in status.Pending.Where(package => !package.Held && (package.Security || byName || all)))
            (installable, blocked) = package.Blocked is null ? (installable - 1, blocked) : (installable, blocked - 1);
        var lacks = installable > 0 || blocked > 0;
        return byName || updates.MinSeverity is not null || updates.Include.Count + updates.Exclude.Count > 0
            ? new Unlisted(0, 0, lacks || (byName && status.PendingCut is not null))
            : new Unlisted(Math.Max(installable, 0), Math.Max(blocked, 0), Possible: false);
    }

    /// <summary>What of it has not been known for long enough to be approved.</summary>
    /// <param name="updates">What the policy asks for.</param>
    /// <param name="status">What is known of the node.</param>
    /// <param name="seenBefore">What was seen by then has waited long enough; null where nothing has.</param>
    public static IReadOnlyList<SeenUpdates> Waiting(UpdateSettings updates, NodePatchStatus status, DateTimeOffset? seenBefore) =>
        updates.ApproveAfter is not null && status.PendingCut is { Seen: { } seen } cut && cut.Rules == RulesOf(updates)
            ? [.. seen.Where(known => !(known.At <= seenBefore))]
            : [];

    /// <summary>Whether a scan would list what the policy asks for by now, as the list was made for something else.</summary>
    public static bool IsListOutdated(UpdateSettings updates, NodePatchStatus status) => status.PendingCut is { } cut && cut.Rules != RulesOf(updates)
        && Of(updates, status) is { Possible: true } or { Wanted: > 0 } or { Blocked: > 0 };

    /// <summary>One word for what a policy asks for: equal ones approve the same updates.</summary>
    public static string RulesOf(UpdateSettings updates) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        [
            $"{updates.Classification} {updates.MinSeverity}",
            "advisories", .. updates.Advisories, "include", .. updates.Include, "exclude", .. updates.Exclude,
            .. updates.AllowRemovals.Count == 0 ? Array.Empty<string>() : ["allowRemovals", .. updates.AllowRemovals],
        ]))));
}
