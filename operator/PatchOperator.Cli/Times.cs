using System.Globalization;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Cli;

/// <summary>Instants, as they are read from a command line and written for people and programs.</summary>
internal static class Times
{
    /// <summary>RFC 3339, in UTC.</summary>
    public static string Rfc3339(DateTimeOffset time) => Write(time.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>Such as <c>2026-11-20 22:00</c>.</summary>
    public static string Utc(DateTimeOffset time) => Write(time.UtcDateTime, "yyyy-MM-dd HH:mm");

    /// <summary>What the clocks of a zone show, such as <c>Fri 2026-11-20 23:00</c>.</summary>
    /// <param name="zone">The canonical name of the zone.</param>
    /// <param name="time">The instant.</param>
    public static string Local(string zone, DateTimeOffset time) => Write(TimeZones.Local(zone, time), "ddd yyyy-MM-dd HH:mm");

    /// <summary>An instant, in UTC where the text does not say otherwise; null where it is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    private static string Write(IFormattable time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
