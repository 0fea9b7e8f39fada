using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>
/// Nodes are admitted only while a window of the policy takes them: it is open, and its cutoff has not been reached. With the timing NodeLocal it takes those
/// whose own zone is open, and the run waits where none of those whose turn it is are in one.
/// </summary>
internal sealed class WindowIsOpen : IGate
{
    public string Name => "WindowIsOpen";

    public GateAnswer Ask(RunState run) => run switch
    {
        { Input.AcceptsNodes: true } when TakesAny(run) => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"the window takes no more nodes; {run.InFlight} in flight finish"),
        _ => new GateAnswer.NotYet(RunPhase.WaitingForWindow, $"{run.Nodes.Pending.Count} nodes wait for the next window{Next(run)}"),
    };

    private static bool TakesAny(RunState run) => run.Waves.Waiting.Any(run.Input.Accepts) || !run.Waves.Waiting.Any();

    private static string Next(RunState run) =>
        NextZone.Of(run.Input.Windows, run.Waves.Waiting.Select(view => view.Node.Place)) is { } next ? $"; {next}" : "";
}
