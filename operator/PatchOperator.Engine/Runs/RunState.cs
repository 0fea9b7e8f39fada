using PatchOperator.Api;

namespace PatchOperator.Engine.Runs;

/// <summary>A run, what is known of it, and where each of its nodes stands.</summary>
/// <param name="Input">What is known.</param>
/// <param name="Nodes">Where its nodes stand.</param>
/// <param name="Acknowledged">How many failures a person has accepted.</param>
internal sealed record RunState(RunInput Input, RunNodes Nodes, int Acknowledged)
{
    public PatchRun Run => Input.Run;

    /// <summary>How many nodes have their turn.</summary>
    public int InFlight => Nodes.InFlight.Count;

    /// <summary>How many of the policy's nodes may be unavailable at once.</summary>
    public int Budget => Shares.Budget(Input.Settings.Rollout.MaxUnavailable, Input.Members.Members.Count);

    /// <summary>How many more may be made unavailable.</summary>
    public int Free => Math.Min(Budget - Input.Members.Unavailable, Input.FleetBudget - Input.FleetUnavailable);
}
