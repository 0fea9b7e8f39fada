namespace PatchOperator.Api;

/// <summary>How often something is looked through for updates, and how long that may take.</summary>
public sealed record ScanSettings
{
    /// <summary>How often each node is scanned.</summary>
    public string Interval { get; init; } = "24h";

    /// <summary>How long one scan or verification may take.</summary>
    public string Timeout { get; init; } = "10m";
}
