namespace PatchOperator.Api;

/// <summary>Where a policy's nodes stand. Written by the operator.</summary>
public sealed record PatchPolicyStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    public NodeCounts? Nodes { get; init; }

    public UpdateCounts? Updates { get; init; }

    /// <summary>When nodes and updates were counted; counts alone are written every few seconds at most.</summary>
    public DateTimeOffset? CountedAt { get; init; }

    /// <summary>Nodes a person should look at, at most twenty.</summary>
    public List<NodeAttention> Attention { get; init; } = [];

    /// <summary>What the annotation asks for; absent where there is none.</summary>
    public PolicyEmergency? Emergency { get; init; }

    /// <summary>When an emergency was asked for that waits for its plan: scans from before are made anew. Absent where none waits.</summary>
    public DateTimeOffset? ScanSince { get; init; }

    /// <summary>Updates that were first seen by then are approved; absent unless <see cref="UpdateSettings.ApproveAfter"/> makes them wait.</summary>
    public DateTimeOffset? SeenBefore { get; init; }

    /// <summary>The run that is not finished yet.</summary>
    public string? CurrentRun { get; init; }

    public LastRun? LastRun { get; init; }

    public NextWindow? NextWindow { get; init; }
}
