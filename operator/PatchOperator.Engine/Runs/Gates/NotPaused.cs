using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>No node begins while a person has paused the run.</summary>
internal sealed class NotPaused : IGate
{
    public string Name => "NotPaused";

    public GateAnswer Ask(RunState run) => run.Run.Spec.Paused
        ? new GateAnswer.NotYet(RunPhase.Paused, $"paused; {run.InFlight} nodes in flight finish, and {run.Nodes.Pending.Count} wait")
        : GateAnswer.Open;
}
