using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>What a run has done is not taken back any more once a person has let that run go on.</summary>
internal sealed class UndoneStays : IGate
{
    public string Name => "UndoneStays";

    public GateAnswer Ask(RunState run) => run switch
    {
        { Input.Undone: not { } or { Status.Phase: RunPhase.Halted } } => GateAnswer.Open,
        { Input.Undone: { } undone } when RunPhases.IsTerminal(undone.Status.Phase) => GateAnswer.Open,
        { InFlight: > 0, Input.Undone: { } undone } => new GateAnswer.NotYet(
            RunPhase.Running, $"run {undone.Metadata.Name} goes on; {run.InFlight} nodes in flight finish"),
        { Input.Undone: { } undone } => new GateAnswer.End(
            RunPhase.Superseded, $"run {undone.Metadata.Name} goes on; {run.Nodes.Pending.Count} nodes are left as they are"),
    };
}
