using PatchOperator.Api;

namespace PatchOperator.Engine.Policies;

/// <summary>Where a policy stands, for its conditions.</summary>
/// <param name="Reason">A constant of <see cref="Reasons"/>.</param>
/// <param name="Message">The reason in words.</param>
/// <param name="InProgress">
/// Whether the operator is still finding out what the nodes need. A run under way is not meant: whoever waits for a policy (a GitOps tool waits
/// for everything that it applies) would wait for nights, and the spec is in effect all the while.
/// </param>
/// <param name="Stalled">Whether nothing more happens until a person acts.</param>
public sealed record Standing(string Reason, string Message, bool InProgress, bool Stalled = false)
{
    /// <summary>When it changes though nothing else has, in UTC; null when only a change can matter.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>No node needs anything.</summary>
    public static Standing Settled { get; } = new(Reasons.UpToDate, "no node needs patching", InProgress: false);

    /// <summary>The policy has no node.</summary>
    /// <param name="claimedByOthers">How many nodes its selector matches that belong to others.</param>
    public static Standing NoNodes(int claimedByOthers) => new(
        Reasons.NoNodes,
        claimedByOthers > 0
            ? $"the {claimedByOthers} nodes that spec.nodeSelector matches belong to policies of a higher priority, or older ones"
            : "spec.nodeSelector matches no node",
        InProgress: false);

    /// <summary>Nodes have not been scanned yet.</summary>
    /// <param name="nodes">How many.</param>
    /// <param name="load">How many scans there are.</param>
    /// <param name="lasts">About how long it takes; told in whole minutes, rounded up.</param>
    internal static Standing Scanning(int nodes, ScanLoad load, TimeSpan lasts) => new(
        Reasons.Scanning,
        $"{nodes} nodes have not been scanned yet; {load.AtOnce} are scanned at once, so that it takes about "
            + $"{Durations.Format(TimeSpan.FromMinutes(Math.Ceiling(lasts.TotalMinutes)))}",
        InProgress: true);

    /// <summary>Nothing is under way that anybody should wait for.</summary>
    public static Standing Waiting(string reason, string message) => new(reason, message, InProgress: false);
}
