namespace PatchOperator.Api;

/// <summary>What became of a run's plan. Written by the operator.</summary>
public sealed record PatchRunStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    /// <summary>Absent until the operator has looked at the run for the first time.</summary>
    public RunPhase? Phase { get; init; }

    /// <summary>Why it is in this phase, in words.</summary>
    public string Message { get; init; } = "";

    /// <summary>The rule that holds the run back now; empty while nodes may be admitted.</summary>
    public List<RunGate> Gates { get; init; } = [];

    public RunProgress? Progress { get; init; }

    /// <summary>When the progress was counted; counts alone are written every few seconds at most.</summary>
    public DateTimeOffset? ProgressAt { get; init; }

    /// <summary>Nodes that failed, at most fifty.</summary>
    public List<RunFailure> Failures { get; init; } = [];

    /// <summary>How many failures a person has accepted by resuming the run.</summary>
    public int AcknowledgedFailures { get; init; }

    /// <summary>What happened, the last fifty entries, oldest first.</summary>
    public List<TimelineEntry> Timeline { get; init; } = [];

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The ImageBaselines that name this run's policy, and how much they lack of what it installed.</summary>
    public List<BaselineCoverage> Baselines { get; init; } = [];
}
