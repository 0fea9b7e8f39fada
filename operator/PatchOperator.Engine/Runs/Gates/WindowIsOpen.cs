using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Nodes are admitted only while a window of the policy takes them: it is open, and its cutoff has not been reached.</summary>
internal sealed class WindowIsOpen : IGate
{
    public string Name => "WindowIsOpen";

    public GateAnswer Ask(RunState run) => run switch
    {
        { Input.AcceptsNodes: true } => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"the window takes no more nodes; {run.InFlight} in flight finish"),
        _ => new GateAnswer.NotYet(RunPhase.WaitingForWindow, $"{run.Nodes.Pending.Count} nodes wait for the next window"),
    };
}
