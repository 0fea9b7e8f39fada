using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where too many nodes have failed, no further one is touched until a person has looked.</summary>
internal sealed class FailureThreshold : IGate
{
    public string Name => "FailureThreshold";

    public GateAnswer Ask(RunState run)
    {
        var (failed, threshold) = (run.Nodes.Failed, Shares.Threshold(run.Input.Settings.Rollout.FailureThreshold, run.Nodes.Total));
        if (failed.Count - run.Acknowledged < threshold)
            return GateAnswer.Open;
        var (first, last) = (failed[0], failed[0].Status!.LastOperation!);
        return new GateAnswer.Halt(
            $"{failed.Count} nodes failed, {threshold} is the threshold; first {first.Node.Name}, at {last.Step}: {last.Reason}: {last.Message}. "
            + $"Mend it, then annotate the run with {ApiGroup.ResumeAnnotation}=true, or edit the policy");
    }
}
