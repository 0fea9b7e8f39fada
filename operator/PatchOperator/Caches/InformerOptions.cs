namespace PatchOperator.Caches;

/// <summary>What an informer watches and keeps.</summary>
internal sealed record InformerOptions<TResource, TItem>
{
    /// <summary>Null for a cluster-scoped kind.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    public required Func<TResource, TItem> Project { get; init; }

    /// <summary>Whether a change from one to the other matters to anybody; when it does not, it is kept but not told.</summary>
    public Func<TItem, TItem, bool> Same { get; init; } = (_, _) => false;

    public Func<TItem, string?>? IndexBy { get; init; }
}
