using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Nothing begins in the name of a policy whose spec has become invalid without an edit, as when a window that it names was deleted.</summary>
internal sealed class PolicyIsValid : IGate
{
    public string Name => "PolicyIsValid";

    public GateAnswer Ask(RunState run) => run.Input.Policy!.Errors switch
    {
        [] => GateAnswer.Open,
        var errors => new GateAnswer.NotYet(
            run.InFlight > 0 ? RunPhase.Running : RunPhase.WaitingForWindow,
            $"the policy is invalid: {string.Join("; ", errors)}; {run.InFlight} nodes in flight finish, and {run.Nodes.Pending.Count} wait until it is "
                + "mended"),
    };
}
