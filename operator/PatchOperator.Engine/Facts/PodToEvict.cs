namespace PatchOperator.Engine.Facts;

/// <summary>A pod that must leave, and what its last eviction answered.</summary>
public sealed record PodToEvict
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>Evicted only with this UID: a pod that came back under the same name elsewhere is another pod.</summary>
    public required string Uid { get; init; }

    /// <summary>Evicted already and on its way out.</summary>
    public bool Terminating { get; init; }

    /// <summary>On its way out for longer than it was given to end.</summary>
    public bool Overdue { get; init; }

    /// <summary>Whether a controller owns it, and makes it anew elsewhere.</summary>
    public bool Managed { get; init; } = true;

    /// <summary>Whether it has an emptyDir, whose contents are lost with it.</summary>
    public bool HasEmptyDir { get; init; }

    /// <summary>Its priority: those of a lower one leave first.</summary>
    public int Priority { get; init; }

    public EvictionAnswer Answer { get; init; }

    /// <summary>The API server's words, which name the PodDisruptionBudget.</summary>
    public string AnswerMessage { get; init; } = "";

    public override string ToString() => $"{Namespace}/{Name}";
}
