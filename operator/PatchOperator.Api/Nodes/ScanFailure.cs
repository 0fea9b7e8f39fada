namespace PatchOperator.Api;

/// <summary>How scans of a node have failed since the last good one.</summary>
public sealed record ScanFailure
{
    public DateTimeOffset At { get; init; }

    /// <summary>How many scans have failed in a row.</summary>
    public int Count { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}
