using System.Globalization;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>Times of tests, written and read short and in UTC.</summary>
public static class Time
{
    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Write(DateTimeOffset? time)
    {
        Assert.Equal(TimeSpan.Zero, time?.Offset ?? TimeSpan.Zero);
        return time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
    }

    public static string Write(Opening? opening) => opening is { } o ? $"{Write(o.OpensAt)} to {Write(o.ClosesAt)}" : "none";
}
