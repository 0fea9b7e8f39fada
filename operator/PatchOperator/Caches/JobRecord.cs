namespace PatchOperator.Caches;

/// <summary>One of our Jobs.</summary>
internal sealed record JobRecord
{
    public required string Name { get; init; }

    public required string Uid { get; init; }

    public string? Node { get; init; }

    public string? BootId { get; init; }

    /// <summary>The ImageBaseline it works for; null for a Job on a node.</summary>
    public string? Baseline { get; init; }

    /// <summary>The UID of the object that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>What Jobs are looked up by: the node, or the baseline under a key that no node has for a name.</summary>
    public string? Key => Node ?? (Baseline is { } baseline ? KeyOfBaseline(baseline) : null);

    public static string KeyOfBaseline(string baseline) => $"baseline/{baseline}";

    public bool Finished { get; init; }

    public bool TimedOut { get; init; }
}
