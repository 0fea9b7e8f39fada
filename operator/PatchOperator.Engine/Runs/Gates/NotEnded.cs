using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>A run that has ended is over once its hook afterRun has, whatever came of that; what it ended with stays.</summary>
internal sealed class NotEnded : IGate
{
    public string Name => "NotEnded";

    public GateAnswer Ask(RunState run) => run.Run.Status.Outcome is { } outcome ? WhenDone(run, outcome) : GateAnswer.Open;

    /// <summary>What a run says that has ended so.</summary>
    public static GateAnswer WhenDone(RunState run, RunOutcome outcome)
    {
        var (owed, last) = (run.Hooks.Last, run.Hooks.AfterRun);
        return owed is not null
            ? new GateAnswer.NotYet(RunPhase.Running, $"{outcome.Message}; {owed.Words}") { Hook = owed, Outcome = outcome }
            : new GateAnswer.End(outcome.Phase, last.HasFailed ? $"{outcome.Message}; {last.Words}" : outcome.Message);
    }
}
