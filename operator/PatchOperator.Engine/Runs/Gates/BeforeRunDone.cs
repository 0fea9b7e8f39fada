using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>
/// The first node begins once the hook beforeRun has gone well. It is the last gate: the hook runs where nothing else is in the way.
/// </summary>
internal sealed class BeforeRunDone : IGate
{
    public string Name => "BeforeRunDone";

    public GateAnswer Ask(RunState run) => run.Hooks.BeforeRun is { IsOwed: true } hook && run.Nodes.Pending.Count > 0
        ? new GateAnswer.NotYet(RunPhase.Running, $"{hook.Words}; {run.Nodes.Pending.Count} nodes wait") { Hook = hook }
        : GateAnswer.Open;
}
