using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>Has the agent verify that nothing approved is missing and no reboot is due, and waits until the node has settled.</summary>
internal sealed class VerifyStep : IStep
{
    public OperationStep Name => OperationStep.Verify;

    public NodePhase Phase => NodePhase.Verifying;

    public bool IsNeeded(NodeInput turn) => turn.Record.VerifiedAt is null;

    public StepAnswer Begin(NodeInput turn) => AgentJobs.Start(turn, Name, Phase, attempt: 1);

    public StepAnswer Continue(NodeInput turn) => AgentJobs.Await(turn, Name, Phase, report => Judge(turn, report));

    private static StepAnswer Judge(NodeInput turn, StepReport report)
    {
        var seen = turn with { Status = Inventory.Apply(turn, report) };
        if (Approval.RebootDue(turn.Settings.Reboot.Mode, seen.Status))
        {
            // Then the reboot comes first, and the node is verified again; so it is when it was rebooted meanwhile.
            return turn.Record.RebootedAt is null || RebootStep.IsSettledByAnother(seen)
                ? new StepAnswer.Done(seen)
                : new StepAnswer.Failed(
                    seen, Reasons.RebootStillRequired, $"the node asks for a reboot right after one: {string.Join("; ", report.RebootBecause)}");
        }

        var ready = turn.Node!.Ready;
        var settling = TimeSpan.FromSeconds(turn.Settings.Rollout.MinReadySeconds);
        var settled = Latest(turn.Node.ReadySince, turn.Record.RebootedAt) + settling;
        if (ready && !(turn.Now < settled))
            return new StepAnswer.Done(seen.With(seen.Record with { VerifiedAt = turn.Now }));
        // For a node that comes and goes as well: it may never have been Ready for long enough.
        var deadline = RebootStep.Deadline(turn, turn.Settings) + settling;
        if (turn.Now >= deadline)
            return new StepAnswer.Failed(
                seen, Reasons.NodeNotReady, $"the node is patched but was not Ready for {settling.TotalSeconds:0} s within {turn.Settings.Reboot.Timeout}");
        return ready
            ? new StepAnswer.Wait(turn, AgentJobs.UnderWay(turn, OperationStep.Verify), settled!.Value - turn.Now)
            : new StepAnswer.Wait(turn, "verified; waiting for the node to be Ready", deadline - turn.Now);
    }

    private static DateTimeOffset? Latest(DateTimeOffset? first, DateTimeOffset? second) =>
        first is null ? second : second is null ? first : first > second ? first : second;
}
