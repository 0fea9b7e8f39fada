using PatchOperator.Api;
using PatchOperator.Engine.Compliances;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>Has the agent install the approved updates.</summary>
internal sealed class PatchStep : IStep
{
    public OperationStep Name => OperationStep.Patch;

    public NodePhase Phase => NodePhase.Patching;

    public bool IsNeeded(NodeInput turn) => turn.Record.PatchedAt is null && (turn.Spec.Operation!.Updates.Count > 0 || Approval.IsIncomplete(turn.Status));

    public StepAnswer Begin(NodeInput turn) => AgentJobs.Start(turn, Name, Phase, attempt: 1);

    public StepAnswer Continue(NodeInput turn) => AgentJobs.Await(turn, Name, Phase, report =>
    {
        var record = Inventory.Changes(turn.Record, report) with { PatchedAt = turn.Now };
        var status = Inventory.Apply(turn, report);
        // What could not be downloaded before is installed.
        return new StepAnswer.Done(turn with { Status = status with { LastOperation = record, LastScan = status.LastScan! with { StagingFailure = null } } });
    });
}
