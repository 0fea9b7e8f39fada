using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>While an emergency of the same policy has nodes to begin, the slots of the budget are for them.</summary>
internal sealed class EmergencyFirst : IGate
{
    public string Name => "EmergencyFirst";

    public GateAnswer Ask(RunState run) => run.Input.Emergency is not { } emergency
        ? GateAnswer.Open
        : new GateAnswer.NotYet(
            RunPhase.Running, $"emergency {emergency.Metadata.Name} goes first; {run.InFlight} nodes in flight finish, and {run.Nodes.Pending.Count} wait");
}
