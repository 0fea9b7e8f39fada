namespace PatchOperator.Api;

public sealed record ImageSchedule
{
    public string Cron { get; init; } = "";

    public string TimeZone { get; init; } = "UTC";
}
