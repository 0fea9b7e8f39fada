using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>Scans of a node that has no operation: when the next is due, and what the last one found.</summary>
internal static class Scans
{
    private static readonly Backoff Retry = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    private static readonly TimeSpan DetailsRetry = TimeSpan.FromMinutes(10);

    public static NodeDecision Decide(NodeInput input)
    {
        var decision = input.Status.Job is { } job ? Await(input, job) : input.Policy is { } policy ? StartIfDue(input, policy.Spec) : Rest(input, wakeUp: null);
        return RestoreLate(input, decision);
    }

    /// <summary>When the next scan is due; null before the first, which is due at once.</summary>
    public static DateTimeOffset? NextAt(ScanSettings settings, NodePatchStatus status, NodeFacts node)
    {
        if (status.ScanFailure is { } failure)
            return failure.At + Retry.After(failure.Count);
        if (status.LastScan is not { } scan || status.Node?.BootId != node.BootId)
            return null;
        if (scan.DetailsUnavailable)
            return scan.Time + DetailsRetry;
        return scan.Time + Spread(Durations.Parse(settings.Interval), node.Uid);
    }

    private static NodeDecision StartIfDue(NodeInput input, PatchPolicySpec policy)
    {
        var node = input.Node!;
        if (!node.Ready)
            return Rest(input, wakeUp: null);
        if (NextAt(policy.Scan, input.Status, node) is { } next && next > input.Now)
            return Rest(input, (Compliance.StaleAt(policy, input.Status) is { } stale && stale > input.Now && stale < next ? stale : next) - input.Now);

        var attempt = (input.Status.ScanFailure?.Count ?? 0) + 1;
        var request = JobRequests.ForScan(input, policy, attempt);
        return new NodeDecision
        {
            Actions = [new NodeAction.CreateJob(request)],
            Status = input.Status with { Job = request.Name, Attempt = attempt },
            Why = "scanning",
        };
    }

    private static NodeDecision Await(NodeInput input, string name)
    {
        var job = input.Jobs.GetValueOrDefault(name);
        return job switch
        {
            null => Failed(input, Reasons.ReportMissing, "the Job was deleted before its report was read"),
            { Report: { Succeeded: true, PendingCount: not null } report } => Scanned(input, report),
            { Report: { } report } => Failed(input, report.Reason, report.Message),
            { Finished: false } => new NodeDecision { Status = input.Status, Why = job.Problem is null ? "scanning" : $"scanning: {job.Problem}" },
            { TimedOut: true } => Failed(input, Reasons.JobTimedOut, job.Problem ?? $"the Job {name} took longer than scan.timeout"),
            _ => Failed(input, Reasons.ReportMissing, job.Problem ?? "the Job ended without a report"),
        };
    }

    private static NodeDecision Scanned(NodeInput input, StepReport report)
    {
        var status = Inventory.Apply(input.Status, report, input.Node!, input.Now) with { Job = null, Attempt = 0 };
        var resolved = status.Phase == NodePhase.Failed && input.Policy is { } policy && !Approval.NeedsRun(policy.Spec, status);
        return new NodeDecision
        {
            Status = resolved ? status with { Phase = NodePhase.Idle } : status,
            WakeUp = TimeSpan.Zero,
            Why = "scanned",
        };
    }

    private static NodeDecision Failed(NodeInput input, string reason, string message)
    {
        var failure = new ScanFailure { At = input.Now, Count = (input.Status.ScanFailure?.Count ?? 0) + 1, Reason = reason, Message = Text.Fit(message) };
        return new NodeDecision
        {
            Status = input.Status with { Job = null, Attempt = 0, ScanFailure = failure },
            WakeUp = Retry.After(failure.Count),
            Why = $"the scan failed: {message}",
            Event = new EngineEvent(Reasons.ScanFailed, $"{reason}: {message}", Warning: true),
        };
    }

    // A node that failed while it was not Ready kept our cordon; so did one whose operation was withdrawn between cordon and record.
    private static NodeDecision RestoreLate(NodeInput input, NodeDecision decision) =>
        input.Node is { CordonedBy: not null, Ready: true } && !NodePhases.HoldsSlot(input.Spec, input.Status)
            ? decision with { Actions = [new NodeAction.Uncordon(), .. decision.Actions], Status = decision.Status with { Cordon = null } }
            : decision;

    private static NodeDecision Rest(NodeInput input, TimeSpan? wakeUp) => new() { Status = input.Status, WakeUp = wakeUp, Why = "idle" };

    // Nodes that joined together must not ask the mirror together for ever: up to a tenth of the interval earlier, by UID.
    private static TimeSpan Spread(TimeSpan interval, string uid) =>
        interval - interval * 0.1 * (uid.Aggregate(17u, (hash, character) => hash * 31 + character) % 1000 / 1000.0);
}
