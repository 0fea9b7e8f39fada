using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Scans of a node that has no operation: when the next is due, and what the last one found.</summary>
internal static class Scans
{
    private static readonly TimeSpan QueueLook = TimeSpan.FromMinutes(1);

    public static Decision<NodePatchStatus> Decide(NodeInput input)
    {
        var decision = input.Status.Job is not null ? Await(input) : input.Policy is { } policy ? StartIfDue(input, policy) : Rest(input, wakeUp: null);
        return RestoreLate(input, Tidy(input, input.IsAnnouncedInVain ? decision with { Effects = [.. Untaint.Of(input), .. decision.Effects] } : decision));
    }

    /// <summary>What a scan that failed leaves; it is tried again after a while.</summary>
    public static Decision<NodePatchStatus> Failed(NodeInput input, string reason, string message)
    {
        var failure = new ScanFailure { At = input.Now, Count = (input.Status.ScanFailure?.Count ?? 0) + 1, Reason = reason, Message = Text.Fit(message) };
        return new Decision<NodePatchStatus>
        {
            Status = input.Status with { Job = null, Attempt = 0, ScanFailure = failure, Refused = null },
            WakeUp = ScanSchedule.Retry.After(failure.Count),
            Why = $"the scan failed: {message}",
            Events = [new EngineEvent(Reasons.ScanFailed, $"{reason}: {message}", Warning: true)],
        };
    }

    private static Decision<NodePatchStatus> StartIfDue(NodeInput input, PolicyTerms policy)
    {
        var node = input.Node!;
        if (node.ExemptBecause is { } exempt)
            return Rest(input, wakeUp: null) with { Why = exempt };
        // Whether it is scanned or not, what is known of it grows old.
        var staleIn = policy.Assess(input.Status).StaleAfter(input.Now) - input.Now;
        if (!node.Ready || node.Leaving)
            return Rest(input, staleIn) with { Why = node.Leaving ? "the node is about to be removed" : "the node is not Ready" };
        var (staging, outdated) = (EarlyStaging.IsDue(policy, input.Status), Unlisted.IsListOutdated(policy.Spec.Updates, input.Status));
        if (ScanSchedule.NextAt(policy.Spec.Scan, input.Status, node.Uid, node.BootId, node.ReadySince, policy.ScanSince, staging, outdated) is { } next
            && next > input.Now)
            return Rest(input, staleIn < next - input.Now ? staleIn : next - input.Now);

        var attempt = (input.Status.ScanFailure?.Count ?? 0) + 1;
        var request = JobRequests.ForScan(input, policy, attempt);
        if (Jobs.OfNobody(input, request.Name))
            return Rest(input, staleIn) with { Why = "due for a scan, and waits for a Job that is still at work on the node" };
        // Whoever finishes before it wakes it: see the triggers of the operator. A look of its own, which costs no request, is for a wish that was lost.
        // A Job that is there already, as whoever made it did not live to write it down, takes no room and is not made again.
        if (!input.MayScan && !input.Jobs.ContainsKey(request.Name))
            return Rest(input, staleIn < QueueLook ? staleIn : QueueLook) with { Why = "due for a scan, and waits for those before it" };
        return new Decision<NodePatchStatus>
        {
            // Whatever an earlier turn or scan has left on the node has been looked at by now.
            Effects = [.. Jobs.Delete(input, job => job.Name != request.Name), new CreateJob(request)],
            Status = input.Status with { Job = request.Name, Attempt = attempt },
            Why = "scanning",
        };
    }

    private static Decision<NodePatchStatus> Await(NodeInput input) => JobEnd.Of(input.Job) switch
    {
        _ when input.IsRefusedForTooLong => Failed(input, Reasons.ApiRefused, input.Status.Refused!.Message),
        JobEnd.Succeeded({ PendingCount: not null } report) => Scanned(input, report),
        JobEnd.Succeeded(var report) => Failed(input, report.Reason, report.Message),
        JobEnd.Failed(var report) => Failed(input, report.Reason, report.Message),
        JobEnd.UnderWay(var problem) => new Decision<NodePatchStatus> { Status = input.Status, Why = problem is null ? "scanning" : $"scanning: {problem}" },
        JobEnd.Overdue(var reason, var message) => Failed(input, reason, message),
        JobEnd.Lost(var problem) => Failed(input, Reasons.ReportMissing, problem),
        var end => throw new InvalidOperationException($"a Job cannot end as {end}"),
    };

    private static Decision<NodePatchStatus> Scanned(NodeInput input, StepReport report)
    {
        var found = Inventory.Apply(input, report);
        var asked = input.Policy is { } asking ? EarlyStaging.Digest(EarlyStaging.Of(asking, input.Status)) : null;
        var status = found with
        {
            Job = null,
            Attempt = 0,
            LastScan = found.LastScan! with
            {
                // What a report does not tell is not known.
                StagedDigest = report is { HasDetails: true, StagingFailure: null } ? asked : null,
                StagingFailure = asked is null || report.StagingFailure is null
                    ? null
                    : new StagingFailure { Digest = asked, Message = Text.Fit(report.StagingFailure) },
                Seconds = input.Status.JobSince is { } since ? (int)(input.Now - since).TotalSeconds : null,
            },
        };
        var resolved = status.Phase == NodePhase.Failed && input.Policy is { } policy && !policy.Assess(status).NeedsRun
            && !StaysFailed(input);
        return new Decision<NodePatchStatus>
        {
            Status = resolved ? status with { Phase = NodePhase.Idle } : status,
            WakeUp = TimeSpan.Zero,
            Why = "scanned",
        };
    }

    // A scan sees packages alone: it does not tell whether a node is well that was found not to be. A person who gives it back does.
    private static bool StaysFailed(NodeInput input) =>
        input.Status.LastOperation?.Reason == Reasons.RollbackFailed
        || (Verdicts.SayUnwell(input.Status.LastOperation) && input.Node!.CordonedBy is not null && Turn.KeepsCordon(input));

    // Jobs that have ended well go, but not before their ends are written down: a crash in between would have them made again.
    private static Decision<NodePatchStatus> Tidy(NodeInput input, Decision<NodePatchStatus> decision) =>
        input.Status is { Job: null, ScanFailure: null, Phase: NodePhase.Idle } && decision.Status.Job is null
            ? decision with { Effects = [.. decision.Effects, .. Jobs.Delete(input, job => job.Finished)] }
            : decision;

    // A node that failed while it was not Ready kept our cordon; so did one whose operation was withdrawn between cordon and record.
    private static Decision<NodePatchStatus> RestoreLate(NodeInput input, Decision<NodePatchStatus> decision) =>
        input.Node is { CordonedBy: not null, Ready: true } node && !Slots.IsHeld(input.Spec, input.Status) && !Jobs.OfNobody(input)
            && !(input.Status.Phase == NodePhase.Failed && Turn.KeepsCordon(input))
            ? decision with { Effects = [new Uncordon(new NodeKey(node.Name, node.Uid)), .. decision.Effects] }
            : decision;

    private static Decision<NodePatchStatus> Rest(NodeInput input, TimeSpan? wakeUp) => new() { Status = input.Status, WakeUp = wakeUp, Why = "idle" };
}
