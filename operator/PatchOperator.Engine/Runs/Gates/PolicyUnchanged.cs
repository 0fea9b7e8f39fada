using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A policy edited in mid-run changes nothing for nodes in flight; the rest belongs to the next run. What is taken back is whatever it says.</summary>
internal sealed class PolicyUnchanged : IGate
{
    public string Name => "PolicyUnchanged";

    public GateAnswer Ask(RunState run) => run switch
    {
        _ when run.Input.Policy!.Generation == run.Run.Spec.Policy.Generation => GateAnswer.Open,
        { Input.Plan.Spec.Undoes: not null } => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"the policy was edited; {run.InFlight} nodes in flight finish"),
        _ => new GateAnswer.End(RunPhase.Superseded, "the policy was edited; the rest belongs to the next run"),
    };
}
