namespace PatchOperator.Api;

/// <summary>A rule of the rollout that holds the run back now.</summary>
public sealed record RunGate
{
    /// <summary>The rule, such as <c>WindowIsOpen</c> or <c>FailureThreshold</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it says.</summary>
    public RunGateAnswer Answer { get; init; }

    /// <summary>Why, in words.</summary>
    public string Why { get; init; } = "";
}
