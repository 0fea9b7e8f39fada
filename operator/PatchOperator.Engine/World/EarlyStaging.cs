using PatchOperator.Api;
using PatchOperator.Contract;

namespace PatchOperator.Engine.World;

/// <summary>What a node downloads with its scans, before any window opens.</summary>
internal static class EarlyStaging
{
    /// <summary>What is approved for a node, as much as a Job can be asked for, where its policy has it downloaded early; else nothing.</summary>
    public static IReadOnlyList<PendingPackage> Of(PolicyTerms policy, NodePatchStatus status) =>
        policy.Spec is { Staging: StagingMode.BeforeWindow, Windows.Count: > 0 }
            ? WholeGroups.Take(
                policy.Assess(status).Approved, update => update.Candidate, update => UpdateBytes.Of(update.Name, update.Candidate, update.Removes),
                Limits.ApprovedUpdates, UpdateBytes.Most)
            : [];

    /// <summary>Whether that is something else than what the last scan has downloaded, or tried to: what failed is tried again by the next scan.</summary>
    public static bool IsDue(PolicyTerms policy, NodePatchStatus status) =>
        Of(policy, status) is { Count: > 0 } updates && status.LastScan is { } scan && (scan.StagingFailure?.Digest ?? scan.StagedDigest) != Digest(updates);

    /// <summary>One word for what a scan downloads; null for nothing.</summary>
    public static string? Digest(IReadOnlyList<PendingPackage> updates) =>
        updates.Count == 0 ? null : PackageDigest.Of(updates.Select(update => (update.Name, update.Candidate)));
}
