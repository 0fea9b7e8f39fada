using System.Diagnostics.Metrics;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Runs;

namespace PatchOperator.Metrics;

/// <summary>
/// Counts what has happened. It is told of a status once that was written, so that a decision that is made again after a conflict or
/// a crash is not counted again.
/// </summary>
internal sealed class OutcomeMetrics
{
    private const string Unknown = "unknown";

    private readonly ClusterCache cache;
    private readonly Counter<long> runs;
    private readonly Histogram<double> runDuration;
    private readonly Histogram<double> operationDuration;
    private readonly Histogram<double> phaseDuration;
    private readonly Counter<long> nodeFailures;
    private readonly Counter<long> scanFailures;
    private readonly Counter<long> builds;
    private readonly Histogram<double> buildDuration;

    public OutcomeMetrics(IMeterFactory meters, ClusterCache cache)
    {
        this.cache = cache;
        var meter = meters.OperatorMeters();
        runs = meter.Count("runs", "{run}", "Runs that have ended, by the phase they ended in.");
        runDuration = meter.WorkDuration("run.duration", "How long runs took that have ended, waiting for windows included.");
        operationDuration = meter.WorkDuration("node.operation.duration", "How long operations on nodes took that have ended: cordon to uncordon.");
        phaseDuration = meter.WorkDuration("node.phase.duration", "How long nodes were in the phases of their operations.");
        nodeFailures = meter.Count("node.failures", "{operation}", "Operations on nodes that have failed, by the step and the reason.");
        scanFailures = meter.Count("node.scan_failures", "{scan}", "Scans of nodes that have failed, by the reason.");
        builds = meter.Count("image.builds", "{build}", "Builds of images that have ended.");
        buildDuration = meter.WorkDuration("image.build.duration", "How long builds of images took that have ended, from the first attempt on.");
    }

    public void Written(PatchRun before, PatchRunStatus after)
    {
        if (RunPhases.IsTerminal(before.Status.Phase) || !RunPhases.IsTerminal(after.Phase))
            return;
        var phase = Tag("phase", after.Phase.ToString());
        runs.Add(1, Tag("policy", before.Spec.Policy.Name), phase);
        Record(runDuration, after.StartedAt, after.FinishedAt, phase);
    }

    public void Written(NodePatch before, NodePatchStatus after)
    {
        var (phase, operation) = (before.Status.Phase, after.LastOperation);
        if (after.Phase != phase && phase is not (NodePhase.Idle or NodePhase.Failed))
            Record(phaseDuration, before.Status.PhaseSince, after.PhaseSince, Tag("phase", phase.ToString()));
        if (before.Status.LastOperation is { Result: OperationResult.InProgress } && operation is { Result: not OperationResult.InProgress })
            Record(operationDuration, operation.StartedAt, operation.FinishedAt, Tag("result", operation.Result.ToString()));
        if (before.Status.LastOperation is { Result: OperationResult.InProgress } && operation is { Result: OperationResult.Failed })
            nodeFailures.Add(1, Tag("policy", cache.Runs.Get(operation.Run)?.Spec.Policy.Name), Tag("step", operation.Step?.ToString()), Tag("reason", operation.Reason));
        if (after.ScanFailure is { } failure && failure.At != before.Status.ScanFailure?.At)
            scanFailures.Add(1, Tag("reason", failure.Reason));
    }

    public void Written(ImageBaseline before, ImageBaselineStatus after)
    {
        if (after.LastBuild is not { } build || build.Number == before.Status.LastBuild?.Number)
            return;
        var result = Tag("result", build.Failure is null ? "Succeeded" : "Failed");
        builds.Add(1, Tag("baseline", before.Metadata.Name), Tag("trigger", build.Trigger.ToString()), result);
        Record(buildDuration, build.StartedAt, build.FinishedAt, result);
    }

    private static void Record(Histogram<double> histogram, DateTimeOffset? from, DateTimeOffset? to, KeyValuePair<string, object?> tag)
    {
        if (to - from is { } duration)
            histogram.Record(duration.TotalSeconds, tag);
    }

    private static KeyValuePair<string, object?> Tag(string name, string? value) => new(name, value ?? Unknown);
}
