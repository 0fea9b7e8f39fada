using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>No node begins while a Blackout window lasts that selects the policy.</summary>
internal sealed class NoBlackout : IGate
{
    public string Name => "NoBlackout";

    public GateAnswer Ask(RunState run) => run.Input.OverridesBlackouts ? GateAnswer.Open
        : run.Input.Freeze is { } freeze ? Closed(run, freeze.Why, until: null)
        : OwnOfWindows(run) is { } blackout ? Closed(run, blackout.Words, blackout.Until)
        : GateAnswer.Open;

    // A window that a run goes by is closed in its own blackouts; one that goes by none must ask for them.
    private static Blackout? OwnOfWindows(RunState run)
    {
        if (!run.Input.IsWindowless || run.Waves.Waiting.Any(run.Input.Accepts))
            return null;
        return run.Waves.Waiting.Select(run.Input.BlackoutOf).MinBy(blackout => blackout?.Until);
    }

    private static GateAnswer.NotYet Closed(RunState run, string why, DateTimeOffset? until) => new(
        run.InFlight > 0 ? RunPhase.Running : RunPhase.WaitingForWindow,
        $"{why}; {run.InFlight} nodes in flight finish, and {run.Nodes.Pending.Count} wait")
    {
        Until = until,
    };
}
