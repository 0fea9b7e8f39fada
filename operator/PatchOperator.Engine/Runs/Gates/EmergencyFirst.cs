using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>
/// While an emergency of the same policy has nodes to begin, the slots of the budget are for them; so they are, before that, for what takes back what another
/// run has done.
/// </summary>
internal sealed class EmergencyFirst : IGate
{
    public string Name => "EmergencyFirst";

    public GateAnswer Ask(RunState run) => run.Input.First is not { } first
        ? GateAnswer.Open
        : new GateAnswer.NotYet(
            RunPhase.Running,
            $"{Describe(first)} goes first; {run.InFlight} nodes in flight finish, and {run.Nodes.Pending.Count} wait");

    private static string Describe(PatchRun first) => first.Spec.Trigger == RunTrigger.Emergency
        ? $"emergency {first.Metadata.Name}"
        : $"run {first.Metadata.Name}, which takes back another,";
}
