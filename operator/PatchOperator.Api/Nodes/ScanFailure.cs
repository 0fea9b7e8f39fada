namespace PatchOperator.Api;

public sealed record ScanFailure
{
    public DateTimeOffset At { get; init; }

    /// <summary>How many scans have failed in a row.</summary>
    public int Count { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}
