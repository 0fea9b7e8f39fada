using System.Text.Json.Serialization;

namespace PatchOperator.Cli.Previews;

/// <summary>When a node has its turn.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Wave">Its wave; null where the plan has none, or the node is in no plan.</param>
/// <param name="Zone">Its value of the policy's topology key, which is its zone where there is none; null where it has no such label.</param>
/// <param name="TimeZone">The canonical name of the time zone that it goes by; null where that is not known.</param>
/// <param name="Turn">Its turn; null where it has none.</param>
/// <param name="Note">What keeps it back, or is to be known of it; null where there is nothing to say.</param>
internal sealed record NodePreview(string Name, string? Wave, string? Zone, string? TimeZone, [property: JsonIgnore] Turn? Turn, string? Note)
{
    /// <summary>The window in which it begins; null where it has no turn.</summary>
    public string? Window => Turn?.Window;

    /// <summary>When it begins at the earliest, RFC 3339, in UTC; null where it has no turn.</summary>
    public string? StartsAt => Turn is null ? null : Times.Rfc3339(Turn.StartsAt);

    /// <summary>When it could be done, RFC 3339, in UTC; null where it has no turn.</summary>
    public string? EndsAt => Turn is null ? null : Times.Rfc3339(Turn.EndsAt);

    /// <summary>The head of the table.</summary>
    public static string[] Head { get; } = ["NODE", "WAVE", "ZONE", "WINDOW", "STARTS (UTC)", "ENDS (UTC)", "STARTS (LOCAL)", "TIMEZONE", "NOTE"];

    /// <summary>The row of the table.</summary>
    public string[] Cells() =>
    [
        Name, Wave ?? "", Zone ?? "", Window ?? "", Turn is null ? "never" : Times.Utc(Turn.StartsAt), Turn is null ? "" : Times.Utc(Turn.EndsAt),
        Turn is null || TimeZone is null ? "" : Times.Local(TimeZone, Turn.StartsAt), TimeZone ?? "", Note ?? "",
    ];
}
