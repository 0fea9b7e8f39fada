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

    /// <summary>The waves of the plan, in order; empty where it has none.</summary>
    public List<RunWave> Waves { get; init; } = [];

    /// <summary>The health checks that are asked now.</summary>
    public List<RunCheck> Checks { get; init; } = [];

    /// <summary>The hooks of the run itself that were begun; absent before the first.</summary>
    public List<RunHook>? Hooks { get; init; }

    /// <summary>How it has ended, while its hook afterRun is run; absent before, and once it is over.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>When the progress was counted; counts alone are written every few seconds at most.</summary>
    public DateTimeOffset? ProgressAt { get; init; }

    /// <summary>Nodes that failed, at most fifty.</summary>
    public List<RunFailure> Failures { get; init; } = [];

    /// <summary>
    /// Nodes that cannot be drained now, at most thirty: those whose drain is under way, and those that are not begun for it, the last one asked last.
    /// </summary>
    public List<RunBlocked> Blocked { get; init; } = [];

    /// <summary>How many nodes had pods deleted without eviction, past their PodDisruptionBudgets; absent where none had.</summary>
    public int? ForcedDrains { get; init; }

    /// <summary>How many failures a person has accepted by resuming the run.</summary>
    public int AcknowledgedFailures { get; init; }

    /// <summary>How many of the spec's approvals the timeline tells of.</summary>
    public int ObservedApprovals { get; init; }

    /// <summary>When the operator heard that a person has given the run up.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>What happened, the last fifty entries, oldest first.</summary>
    public List<TimelineEntry> Timeline { get; init; } = [];

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The PatchRecords of what was done to each node; absent before the first.</summary>
    public RunRecords? Records { get; init; }

    /// <summary>The ImageBaselines that name this run's policy, and how much they lack of what it installed; none once that is taken back.</summary>
    public List<BaselineCoverage> Baselines { get; init; } = [];
}
