namespace PatchOperator.Engine.World;

/// <summary>One of our Jobs, as the cluster tells of it.</summary>
public sealed record JobRecord
{
    /// <summary>The Job's name.</summary>
    public required string Name { get; init; }

    /// <summary>The Job's UID.</summary>
    public required string Uid { get; init; }

    /// <summary>The node it works on; null for a Job of a baseline.</summary>
    public string? Node { get; init; }

    /// <summary>The node's boot ID when the Job was made; null for a Job of a baseline.</summary>
    public string? BootId { get; init; }

    /// <summary>The ImageBaseline it works for; null for a Job on a node.</summary>
    public string? Baseline { get; init; }

    /// <summary>The run it works for, where it is no Job of a node's turn; null for any other.</summary>
    public string? Run { get; init; }

    /// <summary>The hook or the health check that it is the Job of; null for a Job of the operator's own.</summary>
    public string? Hook { get; init; }

    /// <summary>What it does, as its label says, such as <c>patch</c>; null where it has none.</summary>
    public string? Step { get; init; }

    /// <summary>Whether it is the Job of a health check.</summary>
    public bool IsCheck { get; init; }

    /// <summary>When it was made, in UTC; null where it does not say so.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it must have finished, in UTC: by its own deadline, and a little later. Null where it has none, or has finished.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it finished; null while it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The UID of the object that owns it: a baseline, or the first Job of the same turn.</summary>
    public string? Owner { get; init; }

    /// <summary>What Jobs are looked up by: the node, or the baseline or the run under a key that no node has for a name.</summary>
    public string? Key => Node ?? (Baseline is { } baseline ? KeyOfBaseline(baseline) : Run is { } run ? KeyOfRun(run) : null);

    /// <summary>Succeeded or failed.</summary>
    public bool Finished { get; init; }

    /// <summary>Whether it has done what it was made for, as its own condition says.</summary>
    public bool Succeeded { get; init; }

    /// <summary>Whether it failed because it ran longer than it may.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether it counts as finished as its time is over, and Kubernetes has not ended it: as long as it is there, it may still begin.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>The <see cref="Key"/> of a baseline's Jobs.</summary>
    public static string KeyOfBaseline(string baseline) => $"baseline/{baseline}";

    /// <summary>The <see cref="Key"/> of a run's own Jobs.</summary>
    public static string KeyOfRun(string run) => $"run/{run}";

    /// <summary>
    /// As it counts at a time. Kubernetes may never end a Job whose pod it cannot make, as where a ServiceAccount is missing: 1.20 counts the time from when
    /// there is a pod.
    /// </summary>
    public JobRecord At(DateTimeOffset now) => now >= DueAt ? this with { Finished = true, FinishedAt = DueAt, TimedOut = true, IsOverdue = true } : this;
}
