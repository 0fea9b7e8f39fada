namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where nodes fail one after the other, what they fail of is no accident: no further one is touched until a person has looked.</summary>
internal sealed class ConsecutiveFailures : IGate
{
    public string Name => "ConsecutiveFailures";

    public GateAnswer Ask(RunState run)
    {
        if (run.Input.Plan!.Spec.MaxConsecutiveFailures is not { } most)
            return GateAnswer.Open;
        var lastSuccess = run.Nodes.Succeeded.Max(view => view.Status!.LastOperation!.FinishedAt);
        var failed = run.Unaccepted.Where(view => lastSuccess is null || view.Status!.LastOperation!.FinishedAt > lastSuccess).ToList();
        return failed.Count < most ? GateAnswer.Open : Halts.At(run, $"{failed.Count} nodes failed one after the other, {most} is the most", failed[0]);
    }
}
