using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A run is over when every node has had its turn.</summary>
internal sealed class NodesLeft : IGate
{
    public string Name => "NodesLeft";

    public GateAnswer Ask(RunState run) => run.Nodes switch
    {
        { Pending.Count: > 0 } or { InFlight.Count: > 0 } => GateAnswer.Open,
        var nodes => run.Input.Plan!.Spec.Undoes is { } undone ? Over(nodes, undone) : Over(nodes),
    };

    private static GateAnswer.End Over(RunNodes all) => all switch
    {
        { Failed.Count: > 0 } nodes => new GateAnswer.End(RunPhase.Failed, $"{nodes.Failed.Count} nodes failed, {nodes.Succeeded.Count} succeeded"),
        { LeftOver: > 0 } nodes => new GateAnswer.End(
            RunPhase.Superseded, $"{nodes.Succeeded.Count} nodes patched and verified; {nodes.LeftOver} could not be, and belong to the next run"),
        { Total: 0 } => new GateAnswer.End(RunPhase.Succeeded, "no node of the policy needs what is asked for"),
        var nodes => new GateAnswer.End(RunPhase.Succeeded, $"{nodes.Succeeded.Count} nodes patched and verified"),
    };

    private static GateAnswer.End Over(RunNodes all, RunReference undone)
    {
        var phase = all.Failed.Count > 0 ? RunPhase.Failed : RunPhase.Succeeded;
        var failed = all.Failed.Count > 0 ? $"{all.Failed.Count} nodes failed, " : "";
        var skipped = all.Skipped > 0 ? $"; {all.Skipped} were left as they are: {all.WhySkipped}" : "";
        return new GateAnswer.End(
            phase,
            all.Total == 0
                ? $"no node keeps what run {undone.Name} has replaced"
                : $"{failed}{all.Succeeded.Count} nodes are as before run {undone.Name}{skipped}");
    }
}
