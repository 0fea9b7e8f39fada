using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>Has a Job of the policy's own run, and waits for it: what fails there, fails the turn.</summary>
/// <param name="name">Which of the hooks of a turn.</param>
internal sealed class HookStep(OperationStep name) : IStep
{
    public OperationStep Name => name;

    public NodePhase Phase => NodePhase.RunningHook;

    public bool Cordons => name == OperationStep.AfterPatch;

    public bool IsNeeded(NodeInput turn) =>
        Template(turn.Settings.Hooks, name) is not null && turn.Record.Hooks?.Contains(name) != true && name switch
        {
            OperationStep.AfterPatch => turn.Record.PatchedAt is not null,
            OperationStep.AfterUncordon => turn.Record.VerifiedAt is not null,
            _ => true,
        };

    public StepAnswer Begin(NodeInput turn)
    {
        var answer = AgentJobs.Start(turn, Name, Phase, attempt: 1);
        return name == OperationStep.AfterUncordon ? answer with { Effects = [.. GiveBack(turn), .. answer.Effects] } : answer;
    }

    public StepAnswer Continue(NodeInput turn) =>
        AgentJobs.Await(turn, Name, Phase, _ => new StepAnswer.Done(turn.With(turn.Record with { Hooks = [.. turn.Record.Hooks ?? [], name] })));

    /// <summary>What a policy has for a step; null where it has nothing, or the step is none of the hooks.</summary>
    public static JobTemplate? Template(HookSettings? hooks, OperationStep step) => step switch
    {
        OperationStep.BeforeDrain => hooks?.BeforeDrain,
        OperationStep.AfterPatch => hooks?.AfterPatch,
        OperationStep.AfterUncordon => hooks?.AfterUncordon,
        _ => null,
    };

    private static IEnumerable<Effect> GiveBack(NodeInput turn) =>
        turn.Node!.CordonedBy is null ? Untaint.Of(turn) : [new Uncordon(new NodeKey(turn.Node.Name, turn.Node.Uid))];
}
