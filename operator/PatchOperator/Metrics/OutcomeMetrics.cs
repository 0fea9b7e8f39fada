using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine;
using PatchOperator.Ports;

namespace PatchOperator.Metrics;

/// <summary>
/// Counts what has happened. It is told of a status once that was written, so that a decision that is made again after a conflict or
/// a crash is not counted again.
/// </summary>
internal sealed class OutcomeMetrics
{
    private const string Unknown = "unknown";
    private const string Other = "Other";

    // A node's report has the last word on why, and a node is not to be trusted with the number of series.
    private static readonly FrozenSet<string> KnownReasons = typeof(Reasons).GetFields().Concat(typeof(AgentReasons).GetFields())
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenSet();

    private readonly IWorld world;
    private readonly ObjectCounter runs;
    private readonly Histogram<double> runDuration;
    private readonly Histogram<double> operationDuration;
    private readonly Histogram<double> phaseDuration;
    private readonly ObjectCounter nodeFailures;
    private readonly Counter<long> scanFailures;
    private readonly ObjectCounter builds;
    private readonly Histogram<double> buildDuration;

    public OutcomeMetrics(IMeterFactory meters, IWorld world)
    {
        this.world = world;
        var meter = meters.OperatorMeters();
        // The run that would name the policy of a failure may be gone.
        bool IsPolicy(string name) => name == Unknown || world.Snapshot.Policies[name] is not null;
        runs = new ObjectCounter("runs", "{run}", "Runs that have ended, by the phase they ended in.", ["policy", "phase"], IsPolicy);
        runDuration = meter.WorkDuration("run.duration", "How long runs took that have ended, waiting for windows included.");
        operationDuration = meter.WorkDuration("node.operation.duration", "How long operations on nodes took that have ended: cordon to uncordon.");
        phaseDuration = meter.WorkDuration("node.phase.duration", "How long nodes were in the phases of their operations.");
        nodeFailures = new ObjectCounter(
            "node.failures", "{operation}", "Operations on nodes that have failed, by the step and the reason.", ["policy", "step", "reason"], IsPolicy);
        scanFailures = meter.Count("node.scan_failures", "{scan}", "Scans of nodes that have failed, by the reason.");
        builds = new ObjectCounter(
            "image.builds", "{build}", "Builds of images that have ended.", ["baseline", "trigger", "result"],
            name => world.Snapshot.Baselines[name] is not null);
        buildDuration = meter.WorkDuration("image.build.duration", "How long builds of images took that have ended, from the first attempt on.");
    }

    /// <summary>The counters that name objects; the others are instruments, as their labels have few values.</summary>
    public IEnumerable<LiveMetric> Counters => [runs.Metric, nodeFailures.Metric, builds.Metric];

    public void Written(PatchRun before, PatchRunStatus after)
    {
        if (RunPhases.IsTerminal(before.Status.Phase) || !RunPhases.IsTerminal(after.Phase))
            return;
        var phase = after.Phase!.Value.ToString();
        runs.Add(before.Spec.Policy.Name, phase);
        Record(runDuration, after.StartedAt, after.FinishedAt, Tag("phase", phase));
    }

    public void Written(NodePatch before, NodePatchStatus after)
    {
        var (phase, operation) = (before.Status.Phase, after.LastOperation);
        if (after.Phase != phase && phase is not (NodePhase.Idle or NodePhase.Failed))
            Record(phaseDuration, before.Status.PhaseSince, after.PhaseSince, Tag("phase", phase.ToString()));
        if (before.Status.LastOperation is { Result: OperationResult.InProgress } && operation is { Result: not OperationResult.InProgress })
            Record(operationDuration, operation.StartedAt, operation.FinishedAt, Tag("result", operation.Result.ToString()));
        if (before.Status.LastOperation is { Result: OperationResult.InProgress } && operation is { Result: OperationResult.Failed })
            nodeFailures.Add(world.Snapshot.Runs[operation.Run]?.Spec.Policy.Name ?? Unknown, operation.Step?.ToString() ?? Unknown, Known(operation.Reason));
        if (after.ScanFailure is { } failure && failure.At != before.Status.ScanFailure?.At)
            scanFailures.Add(1, Tag("reason", Known(failure.Reason)));
    }

    public void Written(ImageBaseline before, ImageBaselineStatus after)
    {
        if (after.LastBuild is not { } build || build.Number == before.Status.LastBuild?.Number)
            return;
        var result = build.Failure is null ? "Succeeded" : "Failed";
        builds.Add(before.Metadata.Name, build.Trigger.ToString(), result);
        Record(buildDuration, build.StartedAt, build.FinishedAt, Tag("result", result));
    }

    private static void Record(Histogram<double> histogram, DateTimeOffset? from, DateTimeOffset? to, KeyValuePair<string, object?> tag)
    {
        if (to - from is { } duration)
            histogram.Record(duration.TotalSeconds, tag);
    }

    private static string Known(string? reason) => reason is null ? Unknown : KnownReasons.Contains(reason) ? reason : Other;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
