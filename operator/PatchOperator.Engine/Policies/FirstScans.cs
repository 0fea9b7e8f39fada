using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>
/// The nodes of a policy whose first scan has not ended. A plan waits for them, as one for all beats many small ones; but not for ever, for in a cluster where
/// nodes come all the time there is always one.
/// </summary>
internal sealed class FirstScans
{
    private const int MaxNames = 5;

    // Less is not worth a second plan.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMinutes(10);

    private readonly PolicyInput input;
    private readonly List<string> nodes;
    private readonly TimeSpan each;

    public FirstScans(PolicyInput input)
    {
        this.input = input;
        nodes = [.. input.Members.Where(IsAwaited).Select(view => view.Node.Name)];
        each = nodes.Count > 0 ? ScanTimes.Mean(input.Members) : TimeSpan.Zero;
    }

    /// <summary>Whether there is any.</summary>
    public bool Any => nodes.Count > 0;

    /// <summary>How they stand, in words.</summary>
    public Standing Standing => Standing.Scanning(nodes.Count, input.Scans, input.Scans.Lasts(nodes.Count, each));

    /// <summary>Which a plan that is made now leaves out, in words; empty where there is none.</summary>
    public string Left => nodes.Count == 0
        ? ""
        : $"; {nodes.Count} more, whose first scan has not ended, belong to the next run: {string.Join(", ", nodes.Take(MaxNames))}"
            + (nodes.Count > MaxNames ? $" and {nodes.Count - MaxNames} more" : "");

    /// <summary>
    /// Until when a plan waits for them, in UTC: as long as scanning all nodes of the policy is foreseen to take, ten minutes at least, and half of the time
    /// that is left for starting nodes at most. It counts from when the policy began to say that it scans.
    /// </summary>
    public DateTimeOffset WaitedForUntil(WindowState window)
    {
        var scanning = input.Policy.Status.Conditions.FirstOrDefault(condition => condition is { Type: ConditionTypes.Reconciling, Status: "True" });
        var since = scanning?.LastTransitionTime ?? input.Now;
        var foreseen = input.Scans.Lasts(input.Nodes.Members.Count, each);
        var patience = foreseen > LeastPatience ? foreseen : LeastPatience;
        var half = (window.LastStart - since) / 2;
        return since + (half < patience ? half.Value : patience);
    }

    private static bool IsAwaited(NodeView view) =>
        view.Node is { Ready: true, ExemptBecause: null } && view.Status is null or { LastScan: null, ScanFailure: null };
}
