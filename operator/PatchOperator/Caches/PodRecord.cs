namespace PatchOperator.Caches;

/// <summary>A pod of one of our Jobs.</summary>
internal sealed record PodRecord
{
    public required string Name { get; init; }

    public string? Job { get; init; }

    public string? Node { get; init; }

    public string? Baseline { get; init; }

    public string? Problem { get; init; }
}
