using PatchOperator.Engine.Runs.Gates;

namespace PatchOperator.Engine.Runs;

/// <summary>The rules of a rollout, in the order in which they are asked.</summary>
internal static class RunGates
{
    private static readonly IGate[] Gates =
    [
        new PolicyLives(),
        new PlanIsThere(),
        new NotCancelled(),
        new PolicyUnchanged(),
        new PlanIsWanted(),
        new FailureThreshold(),
        new WaveFailureThreshold(),
        new ConsecutiveFailures(),
        new SoakHealthy(),
        new NodesLeft(),
        new NotPaused(),
        new PolicyIsValid(),
        new Approved(),
        new WaveSoaked(),
        new WaveApproved(),
        new EmergencyFirst(),
        new NoBlackout(),
        new WindowIsOpen(),
        new Healthy(),
    ];

    /// <summary>The first gate that does not say "go", with what it says; null when all do.</summary>
    public static (IGate Gate, GateAnswer Answer)? Closed(RunState run)
    {
        foreach (var gate in Gates)
            if (gate.Ask(run) is { } answer and not GateAnswer.Go)
                return (gate, answer);
        return null;
    }
}
