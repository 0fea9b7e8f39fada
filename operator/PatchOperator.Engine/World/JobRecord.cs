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

    /// <summary>The UID of the object that owns it: a baseline, or the first Job of the same turn.</summary>
    public string? Owner { get; init; }

    /// <summary>What Jobs are looked up by: the node, or the baseline under a key that no node has for a name.</summary>
    public string? Key => Node ?? (Baseline is { } baseline ? KeyOfBaseline(baseline) : null);

    /// <summary>Succeeded or failed.</summary>
    public bool Finished { get; init; }

    /// <summary>Whether it failed because it ran longer than it may.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The <see cref="Key"/> of a baseline's Jobs.</summary>
    public static string KeyOfBaseline(string baseline) => $"baseline/{baseline}";
}
