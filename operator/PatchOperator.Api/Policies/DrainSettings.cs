namespace PatchOperator.Api;

/// <summary>How pods are moved off a node before it is touched.</summary>
public sealed record DrainSettings
{
    public DrainMode Mode { get; init; } = DrainMode.WhenRebooting;

    /// <summary>How long evictions may take before the node counts as failed.</summary>
    public string Timeout { get; init; } = "30m";
}
