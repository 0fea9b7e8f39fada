using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A wave begins once the one before it has finished and its soak is over, at the end of which every health check passes.</summary>
internal sealed class WaveSoaked : IGate
{
    public string Name => "WaveSoaked";

    public GateAnswer Ask(RunState run)
    {
        if (run.Waves.Current is not { FinishedAt: not null, SoaksUntil: { } until } wave)
            return GateAnswer.Open;
        var (now, hindrance) = (run.Input.Now, run.Checks.Hindrance);
        var soaks = until > now ? $"soaks until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "has soaked";
        var asked = run.Checks.States.Count > 0 ? now + RunChecks.Interval : until;
        return new GateAnswer.NotYet(
            run.InFlight > 0 ? RunPhase.Running : RunPhase.Soaking,
            $"wave {wave.Wave.Name} has finished and {soaks}{(hindrance is null ? "" : $"; {hindrance}")}; {run.Nodes.Pending.Count} nodes wait")
        {
            Until = until > now && until < asked ? until : asked,
        };
    }
}
