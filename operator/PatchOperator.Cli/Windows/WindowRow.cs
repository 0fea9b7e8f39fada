using System.Globalization;
using System.Text.Json.Serialization;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Cli.Windows;

/// <summary>An opening of a window in a time zone.</summary>
internal sealed record WindowRow(string Window, string TimeZone, [property: JsonIgnore] Opening Opening, string? Note)
{
    /// <summary>RFC 3339, in UTC.</summary>
    public string OpensAt => Write(Opening.OpensAt.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <inheritdoc cref="OpensAt"/>
    public string ClosesAt => Write(Opening.ClosesAt.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>The head of the table.</summary>
    public static string[] Head { get; } = ["WINDOW", "TIMEZONE", "OPENS (UTC)", "CLOSES (UTC)", "OPENS (LOCAL)", "CLOSES (LOCAL)", "NOTE"];

    /// <summary>The row of the table.</summary>
    public string[] Cells() => [Window, TimeZone, Utc(Opening.OpensAt), Utc(Opening.ClosesAt), Local(Opening.OpensAt), Local(Opening.ClosesAt), Note ?? ""];

    private static string Utc(DateTimeOffset time) => Write(time.UtcDateTime, "yyyy-MM-dd HH:mm");

    private string Local(DateTimeOffset time) => Write(TimeZones.Local(TimeZone, time), "ddd yyyy-MM-dd HH:mm");

    private static string Write(IFormattable time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
