using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where a wave asks for it, it begins once a person has approved it, and this very plan.</summary>
internal sealed class WaveApproved : IGate
{
    public string Name => "WaveApproved";

    public GateAnswer Ask(RunState run) => run.Waves.Current is not { } wave || run.Approvals.IsGivenFor(wave.Wave)
        ? GateAnswer.Open
        : new GateAnswer.NotYet(
            run.InFlight > 0 ? RunPhase.Running : RunPhase.PendingApproval,
            $"{wave.Nodes.Pending.Count} nodes of wave {wave.Wave.Name} wait for an approval of the wave and of plan {run.Run.Spec.Plan.Digest}"
                + run.Approvals.Others);
}
