using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Metrics;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>Objects of a large cluster that have every series there is of them; those of another generation have other names and the same numbers.</summary>
/// <param name="Number">Which generation.</param>
/// <param name="Policies">How many policies; each has a run under way.</param>
/// <param name="Windows">How many windows; all are open.</param>
/// <param name="Baselines">How many image baselines.</param>
internal sealed record FleetGeneration(int Number, int Policies, int Windows, int Baselines)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // Of a policy: nodes by seven states, three counts, two times of what is pending, its last run, its run's phase, start, and nodes by five states, two
    // conditions, and two counters.
    private const int SeriesOfPolicy = 7 + 3 + 2 + 1 + 1 + 1 + 5 + 2 + 2;

    // Open, closes, opens, two conditions.
    private const int SeriesOfWindow = 5;

    // Built, two counts, missing, nodes by four states, two conditions, a counter.
    private const int SeriesOfBaseline = 11;

    /// <summary>How many series name one of them.</summary>
    public int Series => Policies * SeriesOfPolicy + Windows * SeriesOfWindow + Baselines * SeriesOfBaseline;

    private static readonly List<Condition> Conditions =
    [
        new() { Type = ConditionTypes.Ready, Status = "True" },
        new() { Type = ConditionTypes.Stalled, Status = "False" },
    ];

    /// <summary>The objects, and for each policy <paramref name="finishedRuns"/> and <paramref name="nodes"/> with a pending update.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Objects(int nodes = 1, int finishedRuns = 0)
    {
        for (var number = 0; number < Policies; number++)
        {
            yield return Policy(number);
            yield return Run(number, "now", RunPhase.Running);
            for (var run = 0; run < finishedRuns; run++)
                yield return Run(number, $"{run}", RunPhase.Succeeded);
            for (var node = 0; node < nodes; node++)
            {
                var name = $"node-{Number}-{number}-{node}";
                yield return new V1Node { Metadata = Metadata(name, Of(number)) };
                yield return NodePatch(name);
            }
        }

        for (var number = 0; number < Windows; number++)
            yield return Window(number);
        for (var number = 0; number < Baselines; number++)
            yield return Baseline(number);
    }

    /// <summary>For each of them something has ended: a policy's run and a node of it, a baseline's build.</summary>
    public void Happen(OutcomeMetrics outcomes)
    {
        for (var number = 0; number < Policies; number++)
        {
            var run = Run(number, "now", RunPhase.Running);
            outcomes.Written(run, run.Status with { Phase = RunPhase.Succeeded });
            Fail(outcomes, number, Reasons.DrainTimedOut);
        }

        for (var number = 0; number < Baselines; number++)
            outcomes.Written(Baseline(number), new ImageBaselineStatus { LastBuild = new LastBuild { Number = 2 } });
    }

    /// <summary>A node of a policy's run has failed.</summary>
    public void Fail(OutcomeMetrics outcomes, int number, string reason)
    {
        var before = new NodePatch
        {
            Status = new NodePatchStatus { LastOperation = new OperationRecord { Run = Run(number, "now", RunPhase.Running).Metadata.Name } },
        };
        outcomes.Written(
            before,
            before.Status with { LastOperation = before.Status.LastOperation! with { Result = OperationResult.Failed, Step = OperationStep.Drain, Reason = reason } });
    }

    public PatchPolicy Policy(int number) => new()
    {
        Metadata = Metadata(Of(number)),
        Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["of"] = Of(number) } } },
        Status = new PatchPolicyStatus
        {
            Conditions = Conditions,
            Nodes = new NodeCounts { Compliant = number },
            Updates = new UpdateCounts { Security = 1, Total = number, OldestFirstSeen = Now },
            LastRun = new LastRun { Phase = RunPhase.Failed, FinishedAt = Now },
        },
    };

    public PatchRun Run(int number, string name, RunPhase phase) => new()
    {
        Metadata = Metadata($"{Of(number)}-{name}"),
        Spec = new PatchRunSpec { Policy = new PolicyReference { Name = Of(number), Uid = Of(number) } },
        Status = new PatchRunStatus { Phase = phase, StartedAt = Now, Progress = new RunProgress { Succeeded = number } },
    };

    private static NodePatch NodePatch(string name) => new()
    {
        Metadata = OwnedBy(name),
        Spec = new NodePatchSpec { NodeName = name },
        Status = new NodePatchStatus
        {
            Pending = [new PendingPackage { Name = "openssl", Installed = "1", Candidate = "2", Security = true, FirstSeen = Now }],
        },
    };

    private PatchWindow Window(int number)
    {
        var opening = new WindowOpening { OpensAt = Now, ClosesAt = Now.AddHours(1) };
        return new PatchWindow
        {
            Metadata = Metadata($"window-{Number}-{number}"),
            Spec = new PatchWindowSpec { TimeZone = "Europe/Berlin" },
            Status = new PatchWindowStatus { Conditions = Conditions, Current = opening, Upcoming = [opening] },
        };
    }

    private ImageBaseline Baseline(int number) => new()
    {
        Metadata = Metadata($"baseline-{Number}-{number}"),
        Status = new ImageBaselineStatus
        {
            Conditions = Conditions,
            Current = new BuiltImage { BuiltAt = Now, Pending = new PendingCount { Total = number } },
            LastBuild = new LastBuild { Number = 1 },
            Nodes = new ImageNodeCounts { OnCurrent = number },
        },
    };

    private string Of(int number) => $"policy-{Number}-{number}";

    private static V1ObjectMeta OwnedBy(string node)
    {
        var metadata = Metadata(node);
        metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "Node", Name = node, Uid = node }];
        return metadata;
    }

    private static V1ObjectMeta Metadata(string name, string? label = null) => new()
    {
        Name = name,
        Uid = name,
        ResourceVersion = "1",
        Labels = label is null ? null : new Dictionary<string, string> { ["of"] = label },
    };
}
