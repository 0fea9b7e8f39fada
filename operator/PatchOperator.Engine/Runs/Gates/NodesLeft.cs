using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A run is over when every node has had its turn.</summary>
internal sealed class NodesLeft : IGate
{
    public string Name => "NodesLeft";

    public GateAnswer Ask(RunState run) => run.Input.Plan!.Spec.Undoes is { } undone ? Ask(run.Nodes, undone) : Ask(run.Nodes);

    private static GateAnswer Ask(RunNodes all, RunReference undone) => all switch
    {
        { Pending.Count: > 0 } or { InFlight.Count: > 0 } => GateAnswer.Open,
        { Failed.Count: > 0 } nodes => new GateAnswer.End(
            RunPhase.Failed, $"{nodes.Failed.Count} nodes failed, {nodes.Succeeded.Count} are as before run {undone.Name}"),
        { Total: 0 } => new GateAnswer.End(RunPhase.Succeeded, $"no node keeps what run {undone.Name} has replaced"),
        var nodes => new GateAnswer.End(RunPhase.Succeeded, $"{nodes.Succeeded.Count} nodes are as before run {undone.Name}{Skipped(nodes)}"),
    };

    private static string Skipped(RunNodes nodes) => nodes.Skipped == 0 ? "" : $"; {nodes.Skipped} were left as they are";

    private static GateAnswer Ask(RunNodes all) => all switch
    {
        { Pending.Count: > 0 } or { InFlight.Count: > 0 } => GateAnswer.Open,
        { Failed.Count: > 0 } nodes => new GateAnswer.End(RunPhase.Failed, $"{nodes.Failed.Count} nodes failed, {nodes.Succeeded.Count} succeeded"),
        { LeftOver: > 0 } nodes => new GateAnswer.End(
            RunPhase.Superseded, $"{nodes.Succeeded.Count} nodes patched and verified; {nodes.LeftOver} could not be, and belong to the next run"),
        { Total: 0 } => new GateAnswer.End(RunPhase.Succeeded, "no node of the policy needs what is asked for"),
        var nodes => new GateAnswer.End(RunPhase.Succeeded, $"{nodes.Succeeded.Count} nodes patched and verified"),
    };
}
