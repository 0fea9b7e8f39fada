using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>A run, what is known of it, and where each of its nodes stands.</summary>
/// <param name="Input">What is known.</param>
/// <param name="Nodes">Where its nodes stand.</param>
/// <param name="Acknowledged">How many failures a person has accepted.</param>
internal sealed record RunState(RunInput Input, RunNodes Nodes, int Acknowledged)
{
    public PatchRun Run => Input.Run;

    /// <summary>What people have approved.</summary>
    public RunApprovals Approvals { get; } = new(Input.Run, Input.Plan);

    /// <summary>The waves of the plan, and how far they are.</summary>
    public RunWaves Waves { get; } = new(Input, Nodes);

    /// <summary>The health checks that matter where the run stands.</summary>
    public RunChecks Checks => field ??= new(Input, Waves);

    /// <summary>The hooks of the run itself.</summary>
    public RunHooks Hooks => field ??= new(Input, Nodes);

    /// <summary>Nodes that failed and that nobody has accepted, in the order in which they failed.</summary>
    public IReadOnlyList<NodeView> Unaccepted { get; } = [.. Nodes.Failed.OrderBy(view => view.Status!.LastOperation!.FinishedAt).Skip(Acknowledged)];

    /// <summary>Approvals that the run's timeline does not tell of yet.</summary>
    public IEnumerable<RunApproval> NewApprovals => Run.Spec.Approvals.Skip(Run.Status.ObservedApprovals);

    /// <summary>Whether a person has given the run up. What was heard once is kept: an API server before 1.25 lets it be taken back.</summary>
    public bool IsCancelled => Run.Spec.Cancelled || Run.Status.CancelledAt is not null;

    /// <summary>How many nodes have their turn.</summary>
    public int InFlight => Nodes.InFlight.Count;

    /// <summary>How many nodes have their turn in any run of the policy.</summary>
    public int Held => Math.Max(InFlight, Input.Members.Members.Values.Count(view => view.HoldsSlot));

    /// <summary>How many of the policy's nodes may be unavailable at once.</summary>
    public int Budget => Shares.Budget(Input.Settings.Rollout.MaxUnavailable, Input.Members.Members.Count);

    /// <summary>How many more may be made unavailable.</summary>
    public int Free => Math.Min(Budget - Input.Members.Unavailable, Input.FleetBudget - Input.FleetUnavailable);
}
