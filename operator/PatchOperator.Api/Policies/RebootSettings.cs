namespace PatchOperator.Api;

/// <summary>When nodes are rebooted, and how long that may take.</summary>
public sealed record RebootSettings
{
    public RebootMode Mode { get; init; } = RebootMode.IfRequired;

    /// <summary>How long a node may take from the request to being Ready again with another boot ID.</summary>
    public string Timeout { get; init; } = "15m";
}
