using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Everything a decision about one run is made from.</summary>
internal sealed record RunInput
{
    public required PatchRun Run { get; init; }

    /// <summary>The frozen plan; null when it is gone, or not there yet.</summary>
    public required PatchPlan? Plan { get; init; }

    /// <summary>What the policy asks for that the run was made from; null when it is gone or being deleted.</summary>
    public required PolicyTerms? Policy { get; init; }

    /// <summary>The nodes of the cluster, by name.</summary>
    public required Func<string, NodeView?> Node { get; init; }

    /// <summary>The nodes that belong to the policy now: its budget is counted over them.</summary>
    public required PolicyNodes Members { get; init; }

    /// <summary>The states of the policy's windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    /// <summary>How many nodes of the whole cluster are unavailable, whoever made them so.</summary>
    public required int FleetUnavailable { get; init; }

    /// <summary>How many may be: the budget above those of policies.</summary>
    public required int FleetBudget { get; init; }

    /// <summary>Every ImageBaseline.</summary>
    public IReadOnlyList<ImageBaseline> Baselines { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether a window of the policy is open.</summary>
    public bool IsOpen => Windows.Any(window => window.State.IsOpen);

    /// <summary>Whether a window of the policy takes nodes now.</summary>
    public bool AcceptsNodes => Windows.Any(window => window.State.AcceptsNodes);

    public RunSettings Settings => Plan?.Spec.Settings ?? new RunSettings();

    public bool Deleting => Run.Metadata.DeletionTimestamp is not null;

    /// <summary>Whether a person has set the annotation that resumes a halted run.</summary>
    public bool ResumeRequested => Run.Metadata.Annotations?.ContainsKey(ApiGroup.ResumeAnnotation) == true;

    public static RunInput Of(PatchRun run, Snapshot snapshot, k8s.Models.IntOrString maxUnavailable, DateTimeOffset now)
    {
        var entry = snapshot.Policies[run.Spec.Policy.Name];
        var lives = entry is { Terms.Deleting: false } && entry.Terms.Uid == run.Spec.Policy.Uid;
        var fleet = snapshot.Fleet;
        return new RunInput
        {
            Run = run,
            Plan = snapshot.Plans[run.Spec.Plan.Name],
            Policy = lives ? entry!.Terms : null,
            Node = name => fleet[name],
            Members = fleet.Of(run.Spec.Policy.Name),
            Windows = lives ? snapshot.States(entry!.Terms.Spec.Windows, now) : [],
            FleetUnavailable = fleet.Unavailable,
            FleetBudget = Shares.Budget(maxUnavailable, fleet.Count),
            Baselines = [.. snapshot.Baselines.All.Select(entry => entry.Baseline)],
            Now = now,
        };
    }
}
