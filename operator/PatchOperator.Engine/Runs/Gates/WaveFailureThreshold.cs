namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where too many nodes of a wave have failed, no further one is touched until a person has looked.</summary>
internal sealed class WaveFailureThreshold : IGate
{
    public string Name => "WaveFailureThreshold";

    public GateAnswer Ask(RunState run)
    {
        foreach (var wave in run.Waves.All.Where(wave => wave.Wave.FailureThreshold is not null))
        {
            var threshold = Shares.Threshold(wave.Wave.FailureThreshold!, wave.Nodes.Total);
            var failed = run.Unaccepted.Where(wave.Nodes.Failed.Contains).ToList();
            if (failed.Count >= threshold)
                return Halts.At(run, $"{failed.Count} nodes of wave {wave.Wave.Name} failed, {threshold} is its threshold", failed[0]);
        }

        return GateAnswer.Open;
    }
}
