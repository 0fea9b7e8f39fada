using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A policy edited in mid-run changes nothing for nodes in flight; the rest belongs to the next run.</summary>
internal sealed class PolicyUnchanged : IGate
{
    public string Name => "PolicyUnchanged";

    public GateAnswer Ask(RunState run) => run switch
    {
        _ when run.Input.Policy!.Generation == run.Run.Spec.Policy.Generation => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"the policy was edited; {run.InFlight} nodes in flight finish"),
        _ when run.Input.Plan!.Spec.Undoes is not null => new GateAnswer.End(
            RunPhase.Superseded, $"the policy was edited; {run.Nodes.Pending.Count} nodes are left as they are: what is to be taken back of them is for another run"),
        _ => new GateAnswer.End(RunPhase.Superseded, "the policy was edited; the rest belongs to the next run"),
    };
}
