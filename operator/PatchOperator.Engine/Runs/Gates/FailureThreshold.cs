namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where too many nodes have failed, no further one is touched until a person has looked.</summary>
internal sealed class FailureThreshold : IGate
{
    public string Name => "FailureThreshold";

    public GateAnswer Ask(RunState run)
    {
        var (failed, threshold) = (run.Unaccepted, Shares.Threshold(run.Input.Settings.Rollout.FailureThreshold, run.Nodes.Total));
        return failed.Count < threshold ? GateAnswer.Open : Halts.At(run, $"{run.Nodes.Failed.Count} nodes failed, {threshold} is the threshold", failed[0]);
    }
}
