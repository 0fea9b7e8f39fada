using System.Text.Json.Serialization;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Cli.Windows;

/// <summary>An opening of a window in a time zone.</summary>
internal sealed record WindowRow(string Window, string TimeZone, [property: JsonIgnore] Opening Opening, string? Note)
{
    /// <summary>RFC 3339, in UTC.</summary>
    public string OpensAt => Times.Rfc3339(Opening.OpensAt);

    /// <inheritdoc cref="OpensAt"/>
    public string ClosesAt => Times.Rfc3339(Opening.ClosesAt);

    /// <summary>The head of the table.</summary>
    public static string[] Head { get; } = ["WINDOW", "TIMEZONE", "OPENS (UTC)", "CLOSES (UTC)", "OPENS (LOCAL)", "CLOSES (LOCAL)", "NOTE"];

    /// <summary>The row of the table.</summary>
    public string[] Cells() =>
    [
        Window, TimeZone, Times.Utc(Opening.OpensAt), Times.Utc(Opening.ClosesAt), Times.Local(TimeZone, Opening.OpensAt),
        Times.Local(TimeZone, Opening.ClosesAt), Note ?? "",
    ];
}
