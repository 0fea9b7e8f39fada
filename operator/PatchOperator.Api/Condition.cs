namespace PatchOperator.Api;

/// <summary>A condition in the sense of Kubernetes' API conventions and of kstatus.</summary>
public sealed record Condition
{
    public string Type { get; init; } = "";

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>A constant of <see cref="Reasons"/>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The reason in words a person can read.</summary>
    public string Message { get; init; } = "";

    public DateTimeOffset? LastTransitionTime { get; init; }

    public long ObservedGeneration { get; init; }
}
