using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A run ends with its policy, and when it is deleted itself; nodes in flight are restored first.</summary>
internal sealed class PolicyLives : IGate
{
    public string Name => "PolicyLives";

    public GateAnswer Ask(RunState run) => run switch
    {
        { Input: { Policy: not null, Deleting: false } } => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"withdrawn; {run.InFlight} nodes are being restored"),
        _ => new GateAnswer.End(RunPhase.Cancelled, "the policy or the run was deleted"),
    };
}
