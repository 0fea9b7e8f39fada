using PatchOperator.Api;
using PatchOperator.Contract;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>Has the agent download what is to be installed, while the pods of the node still run.</summary>
internal sealed class StageStep : IStep
{
    public OperationStep Name => OperationStep.Stage;

    public NodePhase Phase => NodePhase.Staging;

    public bool Cordons => false;

    public bool IsNeeded(NodeInput turn) =>
        turn is { Settings.Staging: StagingMode.InWindow or StagingMode.BeforeWindow, Record: { StagedAt: null, PatchedAt: null } }
        && turn.Spec.Operation!.Updates.Count > 0;

    public StepAnswer Begin(NodeInput turn) => AgentJobs.Start(turn, Name, Phase, attempt: 1);

    public StepAnswer Continue(NodeInput turn) => AgentJobs.Await(turn, Name, Phase, _ => Done(turn)) switch
    {
        // As slow as it was asked to be: the rest is downloaded as it is installed.
        StepAnswer.Failed { Reason: AgentReasons.TimedOut } failed when turn.Settings.StagingBandwidth is not null => Done(failed.Turn),
        var answer => answer,
    };

    private static StepAnswer.Done Done(NodeInput turn) => new(turn.With(turn.Record with { StagedAt = turn.Now }));
}
