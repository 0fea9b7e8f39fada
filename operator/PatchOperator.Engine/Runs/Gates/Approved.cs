using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where the policy asks for it, nothing begins before a person has approved this very plan.</summary>
internal sealed class Approved : IGate
{
    public string Name => "Approved";

    public GateAnswer Ask(RunState run)
    {
        var approvals = run.Approvals;
        if (approvals.IsGiven)
            return GateAnswer.Open;
        return new GateAnswer.NotYet(
            run.InFlight > 0 ? RunPhase.Running : RunPhase.PendingApproval,
            $"{run.Nodes.Pending.Count} nodes wait for an approval of plan {run.Run.Spec.Plan.Digest}{approvals.Others}")
        {
            Until = PlanIsWanted.SettledAt(run),
        };
    }
}
