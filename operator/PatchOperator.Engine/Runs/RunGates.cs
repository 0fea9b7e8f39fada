using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;

namespace PatchOperator.Engine.Runs;

/// <summary>The rules of a rollout, in the order in which they are asked.</summary>
internal static class RunGates
{
    private static readonly NotEnded Ended = new();

    private static readonly IGate[] Gates =
    [
        new PolicyLives(),
        Ended,
        new PlanIsThere(),
        new NotCancelled(),
        new PolicyUnchanged(),
        new UndoneStays(),
        new PlanIsWanted(),
        new FailureThreshold(),
        new WaveFailureThreshold(),
        new ConsecutiveFailures(),
        new SoakHealthy(),
        new BeforeRunNotFailed(),
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
        new BeforeRunDone(),
    ];

    /// <summary>The first gate that does not say "go", with what it says; null when all do.</summary>
    public static (IGate Gate, GateAnswer Answer)? Closed(RunState run)
    {
        foreach (var gate in Gates)
            if (gate.Ask(run) is { } answer and not GateAnswer.Go)
                return answer is GateAnswer.End end && gate is not PolicyLives && run.Hooks.Last is not null
                    ? (Ended, NotEnded.WhenDone(run, new RunOutcome { Phase = end.Phase, Message = end.Because }))
                    : (gate, answer);
        return null;
    }
}
