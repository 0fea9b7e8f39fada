using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Nodes begin only while the health checks pass that are asked before them; one that cannot be evaluated holds them back as well.</summary>
internal sealed class Healthy : IGate
{
    public string Name => "Healthy";

    public GateAnswer Ask(RunState run) => run.Nodes.Pending.Count > 0 && !run.Checks.IsSoak && run.Checks.Hindrance is { } hindrance
        ? new GateAnswer.NotYet(RunPhase.Running, $"{hindrance}; {run.Nodes.Pending.Count} nodes wait")
        {
            Until = run.Input.Now + RunChecks.Interval,
        }
        : GateAnswer.Open;
}
