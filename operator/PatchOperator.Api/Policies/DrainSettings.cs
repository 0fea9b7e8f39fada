namespace PatchOperator.Api;

public sealed record DrainSettings
{
    public DrainMode Mode { get; init; } = DrainMode.WhenRebooting;

    /// <summary>How long evictions may take before the node counts as failed.</summary>
    public string Timeout { get; init; } = "30m";
}
