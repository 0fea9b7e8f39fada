namespace PatchOperator.Api;

/// <summary>Times at which an image is built.</summary>
public sealed record ImageSchedule
{
    public string Cron { get; init; } = "";

    public string TimeZone { get; init; } = "UTC";
}
