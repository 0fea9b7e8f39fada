namespace PatchOperator.Engine.World;

/// <summary>A pod of one of our Jobs.</summary>
public sealed record PodRecord
{
    /// <summary>The pod's name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its Job.</summary>
    public string? Job { get; init; }

    /// <summary>The node that its Job works on; null for a Job of a baseline.</summary>
    public string? Node { get; init; }

    /// <summary>The baseline that its Job works for.</summary>
    public string? Baseline { get; init; }

    /// <summary>The run that its Job works for, where that is no Job of a node's turn.</summary>
    public string? Run { get; init; }

    /// <summary>What keeps it from running, or how it failed, in words.</summary>
    public string? Problem { get; init; }
}
