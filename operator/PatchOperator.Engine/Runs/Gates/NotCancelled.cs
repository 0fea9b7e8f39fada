using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A run that a person has given up ends once the nodes in flight have finished.</summary>
internal sealed class NotCancelled : IGate
{
    public string Name => "NotCancelled";

    public GateAnswer Ask(RunState run) => run switch
    {
        { IsCancelled: false } => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"cancelled; {run.InFlight} nodes in flight finish"),
        _ => new GateAnswer.End(RunPhase.Cancelled, $"cancelled; {run.Nodes.Pending.Count} nodes were not begun"),
    };
}
