namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A health check that has failed while a wave soaked halts the run: what the wave was to show, it has shown.</summary>
internal sealed class SoakHealthy : IGate
{
    public string Name => "SoakHealthy";

    public GateAnswer Ask(RunState run) => run.Checks.Failed is { } check
        ? new GateAnswer.Halt($"while wave {run.Waves.Current!.Wave.Name} soaked, {RunChecks.Words(check)}. {Halts.HowToGoOn}")
        : GateAnswer.Open;
}
