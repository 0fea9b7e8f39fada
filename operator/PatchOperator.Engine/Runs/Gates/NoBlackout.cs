using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>No node begins while a Blackout window lasts that selects the policy.</summary>
internal sealed class NoBlackout : IGate
{
    public string Name => "NoBlackout";

    public GateAnswer Ask(RunState run) => run.Input.Freeze is not { } freeze
        ? GateAnswer.Open
        : new GateAnswer.NotYet(
            run.InFlight > 0 ? RunPhase.Running : RunPhase.WaitingForWindow,
            $"{freeze.Why}; {run.InFlight} nodes in flight finish, and {run.Nodes.Pending.Count} wait");
}
